"""The database is deleted: the command line says so, and brings everything back."""

from __future__ import annotations

from clerk import Demo, juanzong


def test_a_deleted_database_comes_back(own_demo: Demo) -> None:
    home, case_no = own_demo.home, own_demo.case_no
    looks = (("case", "show", case_no), ("catalogue", case_no), ("outbox", "list"), ("search", "危险驾驶"))
    before = [juanzong(home, *look, "--json").json for look in looks]
    assert juanzong(home, "fsck").code == 0
    for lost in home.glob("juanzong.db*"):
        lost.unlink()
    gone = juanzong(home, "case", "list")
    assert gone.code == 5
    assert "fsck --rebuild" in gone.err

    rebuilt = juanzong(home, "fsck", "--rebuild", "--json")
    assert (rebuilt.code, rebuilt.json["ok"]) == (0, True), rebuilt.out
    assert [juanzong(home, *look, "--json").json for look in looks] == before
    assert juanzong(home, "audit", "verify").code == 0
