"""The unit directory: who is reached by which way, and the outbox going there by a name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from outbox_rig import AddPackage, platform, row

from app.cli.main import cli
from app.station.sending_errors import RouteDiffers, UnitsBroken, UnitUnknown
from app.station.station import Station
from app.station.units import FILE, Direct, Gateway, Media, load_units, unit_by
from transfer.types import SendState

Run = Callable[..., str]


@pytest.fixture
def write(station: Station) -> Callable[[str], None]:
    def put(text: str) -> None:
        (station.home.path / FILE).write_text(text, "utf-8")

    return put


def unit(code: str, name: str, more: str) -> str:
    return f'[[unit]]\ncode = "{code}"\nname = "{name}"\n{more}\n'


DIRECT = unit("990126000009", "云山市人民检察院", 'route = "direct"\nurl = "https://platform.example"')
GATEWAY = unit("990126000017", "云山市看守所", 'route = "gateway"\nfolder = "/mnt/gap"\nvolume_mb = 200')
MEDIA = unit("990126000025", "望陵县人民检察院", 'route = "media"\ncertificate = "units/wangling.pem"')


@pytest.fixture
def run(station: Station) -> Run:
    def command(*arguments: str, code: int = 0) -> str:
        done = CliRunner(env={"JUANZONG_LANG": "zh_CN"}).invoke(cli, ["--home", str(station.home.path), *arguments])
        assert done.exit_code == code, done.output
        return done.output

    return command


def test_units_are_found_by_code_and_by_name(station: Station, write):
    assert load_units(station.home) == ()
    write(DIRECT + GATEWAY + MEDIA)
    assert unit_by(station.home, Direct, "990126000009").url == "https://platform.example"
    assert unit_by(station.home, Gateway, "云山市看守所").volume_mb == 200
    assert unit_by(station.home, Media, "望陵县人民检察院").volume_mb == 500


def test_nobody_two_of_a_name_and_another_way_are_told(station: Station, write):
    write(DIRECT + GATEWAY + DIRECT.replace("990126000009", "990126000033"))
    with pytest.raises(UnitUnknown, match="names 0 units"):
        unit_by(station.home, Direct, "无此单位")
    with pytest.raises(UnitUnknown, match="names 2 units"):
        unit_by(station.home, Direct, "云山市人民检察院")
    with pytest.raises(RouteDiffers) as told:
        unit_by(station.home, Media, "云山市看守所")
    assert told.value.params["command"] == "outbox ferry --unit"


@pytest.mark.parametrize(
    "text",
    [
        "[[unit",
        unit("990126000009", "甲", 'route = "pigeon"'),
        unit("990126000009", "甲", 'route = "direct"'),
        unit("990126000009", "甲", 'route = "direct"\nurl = "https://a.example"\nfolder = "/mnt"'),
        unit("no code", "甲", 'route = "direct"\nurl = "https://a.example"'),
        GATEWAY.replace("200", "0"),
        DIRECT + DIRECT,
        "#" * (1024**2 + 1),
    ],
)
def test_a_directory_that_is_none_is_said_to_be_none(station: Station, write, text: str):
    write(text)
    with pytest.raises(UnitsBroken):
        load_units(station.home)


def test_the_clerk_sees_who_is_reached_how(run: Run, write):
    assert "单位目录是空的" in run("outbox", "units")
    write(DIRECT + GATEWAY + MEDIA)
    said = run("outbox", "units")
    assert all(word in said for word in ("网络直连", "网闸摆渡", "移动介质", "云山市看守所"))
    assert [each["route"] for each in json.loads(run("--json", "outbox", "units"))] == ["direct", "gateway", "media"]


def test_the_outbox_goes_by_name_on_each_way(
    station: Station, add_package: AddPackage, run: Run, write, tmp_path: Path
):
    gap, medium = tmp_path / "gap", tmp_path / "medium"
    gap.mkdir()
    medium.mkdir()
    key = ed25519.Ed25519PrivateKey.generate().public_key()
    (station.home.path / "unit.pem").write_bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    with platform(station) as url:
        write(
            DIRECT.replace("https://platform.example", url)
            + GATEWAY.replace("/mnt/gap", str(gap))
            + MEDIA.replace("units/wangling.pem", "unit.pem")
        )
        sent = add_package(1)
        run("outbox", "send", "--unit", "云山市人民检察院")
        assert row(station, sent).state is SendState.ARRIVED
    carried = add_package(2)
    run("outbox", "media", str(medium), "--unit", "望陵县人民检察院")
    assert (medium / f"{carried}-0001.vol.age").is_file()
    ferried = add_package(3)
    run("outbox", "ferry", "--unit", "云山市看守所")
    assert (gap / f"{ferried}.ok").is_file()
    assert row(station, ferried).state is SendState.AWAITING_RECEIPT
    assert "outbox ferry --unit" in run("outbox", "send", "--unit", "云山市看守所", code=2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("send", "--unit", "甲", "--to", "http://a.example"),
        ("send", "--watch", "--metered"),
        ("ferry",),
        ("ferry", ".", "--unit", "甲"),
        ("media", ".", "--unit", "甲", "--to", __file__),
        ("media", "."),
    ],
)
def test_two_ways_at_once_are_wrong_use(run: Run, arguments: tuple[str, ...]):
    run("outbox", *arguments, code=2)
