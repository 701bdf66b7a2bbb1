"""A package cut for media, put together again by the verifier."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.package.errors import PackageTooLarge
from dossier.package.parts import split
from dossier.verify import VerifyReport, verify_package
from signing.types import TrustAnchors
from tests.packaging.dossier.verify.conftest import NOW, Sealing


@pytest.fixture
def media(sealing: Sealing, tmp_path: Path) -> list[Path]:
    """At least four parts in one folder."""
    return split(sealing.package.path, sealing.package.id, tmp_path, sealing.package.size // 4)


def missing(report: VerifyReport) -> list[str]:
    assert not report.ok
    (finding,) = report.findings
    assert (finding.id, finding.key) == ("C-02", "verify.parts-incomplete")
    return dict(finding.params)["names"].split(", ")


def test_the_parts_are_the_package(media: list[Path], sealing: Sealing, anchors: TrustAnchors) -> None:
    largest = sealing.package.size // 4
    assert [path.stat().st_size <= largest for path in media] == [True] * len(media)
    assert b"".join(path.read_bytes() for path in media) == sealing.package.path.read_bytes()
    for place in (media[0].parent, media[2], media[1].with_suffix(".json")):
        report = verify_package(place, anchors, now=NOW)
        assert (report.ok, report.findings, report.package_id) == (True, (), sealing.package.id)


def test_any_one_medium_tells_what_the_others_hold(media: list[Path], tmp_path: Path) -> None:
    for number, kept in enumerate(media):
        medium = tmp_path / f"medium {number}"
        medium.mkdir()
        for path in (kept, kept.with_suffix(".json")):
            path.rename(medium / path.name)
        others = [path.name for path in media if path != kept]
        assert missing(verify_package(medium, None, now=NOW)) == others
        for path in medium.iterdir():
            path.rename(tmp_path / path.name)


def test_a_damaged_part_is_named(media: list[Path]) -> None:
    data = media[1].read_bytes()
    media[1].write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert missing(verify_package(media[0].parent, None, now=NOW)) == [media[1].name]
    media[1].write_bytes(data + b"\0")
    media[2].unlink()
    media[2].symlink_to("/dev/zero")
    assert missing(verify_package(media[0].parent, None, now=NOW)) == [media[1].name, media[2].name]


@pytest.mark.parametrize("text", ["{}\n", "[" * 50_000, '{"format":"urn:juanzong:parts:1","parts":3}\n', ""])
def test_a_hostile_list(media: list[Path], text: str) -> None:
    media[0].with_suffix(".json").write_text(text)
    (finding,) = verify_package(media[0], None, now=NOW).findings
    assert finding.key == "verify.tag-file-broken"


def test_a_list_that_points_elsewhere(media: list[Path]) -> None:
    listing = media[0].with_suffix(".json")
    stolen = listing.read_text().replace('"package_id":"', '"package_id":"../../')
    listing.write_text(stolen)
    (finding,) = verify_package(media[0], None, now=NOW).findings
    assert finding.key == "verify.tag-file-broken"


def test_too_many_parts(sealing: Sealing, tmp_path: Path) -> None:
    with pytest.raises(PackageTooLarge):
        split(sealing.package.path, sealing.package.id, tmp_path, 100)
    assert list(tmp_path.iterdir()) == []
