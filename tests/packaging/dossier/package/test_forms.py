"""Names, manifests, bag information, seal and index: written, read back, refused."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace
from pathlib import Path

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.package.bag import finish_bag
from dossier.package.canonical import canonical_json, parse_canonical
from dossier.package.digest import digest_bytes, digest_file
from dossier.package.errors import NameUnsafe, TagFileBroken
from dossier.package.index import parse_index
from dossier.package.manifest import info_bytes, manifest_bytes, parse_info, parse_manifest
from dossier.package.names import check_path, safe_name
from dossier.package.sealing import ExplainedFinding, Seal, parse_seal, seal_bytes

SEAL = Seal(
    case_no="A9901020000002026030007",
    submission="base",
    profile="CN-GENERIC@2026.1",
    profile_sha256="0" * 64,
    training=True,
    sealed_at="2026-05-20T10:30:00+08:00",
    station="S1",
    signer="CN=王五",
    certificates=("1" * 64,),
    form="bagit",
    lists={"tagmanifest-sm3.txt": {"sha256": "2" * 64, "sm3": "3" * 64}},
    explained=(
        ExplainedFinding("C-09", "check.sign.missing", {"label": "签名"}, "1/W p.3", "000007", "王五", "拒签", "t"),
    ),
)


@given(st.text(max_size=120))
def test_any_text_becomes_a_name_that_is_taken(text: str) -> None:
    name = safe_name(text, ".pdf", max_bytes=60)
    check_path(f"data/{name}")
    assert len(name.encode()) <= 60
    assert name == unicodedata.normalize("NFC", name)
    assert safe_name(name.removesuffix(".pdf"), ".pdf", max_bytes=60) == name


def test_names_keep_what_can_be_kept() -> None:
    assert safe_name("01_W_诉讼文书卷", ".pdf") == "01_W_诉讼文书卷.pdf"
    assert safe_name("../a:b?", ".pdf") == "_a_b_.pdf"
    assert safe_name("con", ".pdf") == "_con.pdf"
    assert safe_name("卷" * 100, ".pdf", max_bytes=20) == "卷" * 5 + ".pdf"


def test_digests_agree_with_other_implementations() -> None:
    """SHA-256 and SM3 of "abc" (FIPS 180-4; GB/T 32905-2016, A.1)."""
    digests = digest_bytes(b"abc")
    assert digests.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digests.sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert digests.size == 3


def test_manifest_round_trip_and_refusals() -> None:
    entries = {"data/卷.pdf": "a" * 64, "data/b.json": "b" * 64}
    assert parse_manifest("m", manifest_bytes(entries)) == entries
    bad = [
        b"x",
        b"a" * 64 + b" one-space\n",
        manifest_bytes(entries) * 2,
        b"\xff\n",
        b"A" * 64 + b"  x\n",
        b"a" * 64 + b"  x",
    ]
    for data in bad:
        with pytest.raises(TagFileBroken):
            parse_manifest("m", data)


def test_a_value_cannot_start_a_field_of_its_own() -> None:
    data = info_bytes([("External-Description", "张三\nJuanzong-Training: no"), ("Payload-Oxum", "1.1")])
    assert parse_info("i", data) == {"External-Description": "张三 Juanzong-Training: no", "Payload-Oxum": "1.1"}
    with pytest.raises(TagFileBroken):
        parse_info("i", b"A: 1\nA: 2\n")


def test_bag_is_valid_for_another_implementation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bagit, "CHECKSUM_ALGOS", {*bagit.CHECKSUM_ALGOS, "sm3"})  # else it reads over SM3 manifests
    (tmp_path / "data/卷宗").mkdir(parents=True)
    (tmp_path / "data/卷宗/一 (1).pdf").write_bytes(b"%PDF-1.7\n" * 1000)
    payload = {"data/卷宗/一 (1).pdf": digest_file(tmp_path / "data/卷宗/一 (1).pdf")}
    bag = finish_bag(tmp_path, payload, [("External-Identifier", "A1")], {"index.xml": b"<x/>", "profile/p.yaml": b""})
    other = bagit.Bag(str(tmp_path))
    other.validate()
    assert other.version_info == (1, 0)
    assert other.info["Payload-Oxum"] == "9000.1"
    assert sorted(other.algorithms) == ["sha256", "sm3"]
    assert {name: digest_file(tmp_path / name) for name in bag.files} == bag.files
    with pytest.raises(NameUnsafe):
        finish_bag(tmp_path, payload, [], {"../outside.txt": b""})


def test_canonical_json_is_one_form() -> None:
    value = {"b": [1, "卷"], "a": None}
    assert canonical_json(value) == b'{"a":null,"b":[1,"\xe5\x8d\xb7"]}\n'
    assert parse_canonical("x", canonical_json(value)) == value
    for data in (b'{"b":1, "a":2}\n', b"[]\n", b"", b'{"a":1,"a":1}\n', b"[" * 100_000, b'{"a":"\\u5377"}\n'):
        with pytest.raises(TagFileBroken):
            parse_canonical("x", data)


def test_seal_round_trip() -> None:
    assert parse_seal(seal_bytes(SEAL)) == SEAL


def test_package_id_follows_from_every_field() -> None:
    changed = [
        replace(SEAL, case_no="B"),
        replace(SEAL, training=False),
        replace(SEAL, sealed_at="later"),
        replace(SEAL, certificates=()),
        replace(SEAL, lists={}),
        replace(SEAL, form="plain"),
        replace(SEAL, explained=()),
    ]
    assert len({each.package_id for each in [SEAL, *changed]}) == len(changed) + 1


def test_seal_refuses_what_it_would_not_write() -> None:
    data = seal_bytes(SEAL)
    for bad in (
        data.replace(b'"training":true', b'"training":false'),
        data.replace(b'"training":true', b'"training":1'),
        data.replace("拒签".encode(), "病重".encode()),
        data.replace(b'"case_no"', b'"case_on"'),
        data.replace(b"urn:juanzong:seal:1", b"urn:juanzong:seal:2"),
        data[:-1],
        b"null\n",
        b'{"format":"urn:juanzong:seal:1","package_id":"x","explained":3}\n',
    ):
        with pytest.raises(TagFileBroken):
            parse_seal(bad)


def test_index_refuses_entities_and_other_documents() -> None:
    head = b"<?xml version='1.0' encoding='utf-8'?>\n"
    bombs = [
        head + b"<!DOCTYPE a [<!ENTITY b 'bbbb'>]><a>&b;</a>",
        head + b"<a/>",
        b"<a/>",
        head + b'<\xe5\x8d\xb7\xe5\xae\x97 xmlns="urn:juanzong:index:1"/>',
        head + b"<a>" * 3,
        head + "<卷宗/>".encode("utf-16"),
    ]
    for data in bombs:
        with pytest.raises(TagFileBroken):
            parse_index(data)


def test_sm3_is_the_systems_too() -> None:
    assert digest_bytes(b"juanzong").sm3 == hashlib.new("sm3", b"juanzong").hexdigest()
