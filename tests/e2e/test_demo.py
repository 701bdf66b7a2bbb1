"""What the demo promises: found, straight, read, signed, delivered."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import bagit
import pytest
from clerk import Demo, juanzong

from transfer.receipt import SignedReceipt

pytestmark = pytest.mark.e2e


def test_every_document_is_found_with_its_kind_its_faces_and_its_place(demo: Demo) -> None:
    score = demo.result["score"]
    assert (score["documents"], score["right_kind"], score["right_faces"]) == (14, 14, 14)
    assert score["right_order"]


def test_numbers_dates_and_ordinals_are_those_of_the_paper(demo: Demo) -> None:
    rows = juanzong(demo.home, "catalogue", demo.case_no, "--json").json
    found = {row["kind"]: row for row in rows}
    for wanted in demo.truth["documents"]:
        row = found[wanted["kind"]]
        assert (row["number"], row["date"], row["ordinal"]) == (wanted["number"], wanted["date"], wanted["ordinal"]), (
            row
        )


def test_the_missing_signature_and_print_are_reported_and_nothing_else_blocks(demo: Demo) -> None:
    (planted,) = [item for item in demo.truth["planted"] if item["defect"] == "missing-signature"]
    blocking = [finding for finding in demo.result["findings"] if finding["severity"] == "block"]
    assert blocking
    assert {(finding["id"], int(finding["face"])) for finding in blocking} == {("C-09", int(planted["face"]))}
    assert demo.result["score"]["missing_signature_reported"]


def test_every_face_is_upright_and_straight(demo: Demo) -> None:
    score = demo.result["score"]
    assert any(face["turned_cw_deg"] == 180 for face in demo.truth["faces"])
    assert any(abs(face["skew_deg"]) > 2 for face in demo.truth["faces"])
    assert score["faces_upright"] == score["faces_straight"] == score["faces"] == len(demo.truth["faces"])


def test_the_reading_is_nearly_without_fault(demo: Demo) -> None:
    score = demo.result["score"]
    assert score["characters"] > 8000
    assert score["character_error_rate"] < 0.015


def test_the_package_and_the_receipt_hold(demo: Demo) -> None:
    assert demo.result["verify"]["ok"]
    assert demo.result["verify"]["training"]
    assert demo.result["receipt"]["verdict"] == "accepted"
    signed = SignedReceipt.from_text(demo.package.with_suffix(".receipt").read_text())
    assert signed.read().package_id == demo.package.stem


def test_the_case_has_arrived(demo: Demo) -> None:
    shown = juanzong(demo.home, "case", "show", demo.case_no, "--json").json
    assert shown["state"] == "arrived"
    assert (shown["pages"], shown["processed"]) == (len(demo.truth["faces"]),) * 2


def test_the_originals_are_untouched_lossless_scans(demo: Demo) -> None:
    database = sqlite3.connect(f"file:{demo.home / 'juanzong.db'}?mode=ro", uri=True)
    rows = database.execute("SELECT origin, capture FROM pages ORDER BY number").fetchall()
    assert {origin for origin, _ in rows} == {"simulator"}
    assert all(json.loads(capture)["device"] == "pnm:0" for _, capture in rows)


def test_the_trail_is_whole_and_tells_every_step(demo: Demo) -> None:
    assert juanzong(demo.home, "audit", "verify", "--json").json["ok"]
    lines = juanzong(demo.home, "audit", "export", "--case", demo.case_no).out.splitlines()
    events = [json.loads(json.loads(line)["record"])["event"] for line in lines]
    faces = len(demo.truth["faces"])
    assert (events.count("page.arrived"), events.count("page.processed")) == (faces, faces)
    assert [event for event in events if not event.startswith("page.")] == [
        "case.opened",
        "batch.opened",
        "batch.closed",
        "case.filed",
        "intervention.recorded",
        *["finding.explained"] * events.count("finding.explained"),
        "dossier.sealed",
        "package.state",
        "receipt.taken",
    ]


def test_running_it_again_makes_nothing_twice(demo: Demo) -> None:
    before = sorted(path for path in demo.home.rglob("*") if path.suffix != ".db-wal" and "db-shm" not in path.name)
    again = juanzong(demo.home.parent, "demo", "--json")
    assert again.code == 0, again.err
    assert again.json["package"] == demo.result["package"]
    after = sorted(path for path in demo.home.rglob("*") if path.suffix != ".db-wal" and "db-shm" not in path.name)
    assert after == before


def test_the_bag_passes_the_bagit_package(bag: Path) -> None:
    opened = bagit.Bag(str(bag))
    opened.validate()
    assert opened.version_info == (1, 0)
    assert "sha256" in opened.algorithms


def test_verify_needs_neither_station_nor_home(demo: Demo, tmp_path: Path) -> None:
    root = demo.home / "keys" / "training" / "root.pem"
    ran = juanzong(tmp_path / "nowhere", "verify", demo.package, "--trust", root, "--json")
    assert ran.code == 0, ran.out
    assert ran.json["ok"]
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("part", [0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999])
def test_one_byte_changed_anywhere_fails_and_names_the_place(demo: Demo, tmp_path: Path, part: float) -> None:
    data = bytearray(demo.package.read_bytes())
    data[int(len(data) * part)] ^= 0x01
    altered = tmp_path / demo.package.name
    altered.write_bytes(data)
    ran = juanzong(demo.home, "verify", altered, "--json")
    assert ran.code == 1
    blocking = [finding for finding in ran.json["findings"] if finding["severity"] == "block"]
    assert blocking
    assert all(finding["where"] for finding in blocking)


def test_search_finds_the_suspect(demo: Demo) -> None:
    name = demo.truth["case"]["persons"][0]["name"]
    hits = juanzong(demo.home, "search", name, "--json").json
    assert len(hits) >= 10
    assert all(name in hit["snippet"].replace(" ", "") for hit in hits)
