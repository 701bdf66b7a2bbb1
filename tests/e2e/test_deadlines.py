"""Time limits of the sample case, and its checks on paper."""

from __future__ import annotations

from clerk import Demo, juanzong


def test_the_limits_that_the_papers_set_going(own_demo: Demo) -> None:
    home, case_no = own_demo.home, own_demo.case_no
    told = juanzong(home, "deadlines", case_no, "--json")
    assert told.code == 0, told.err
    kept, running = (
        next(each for each in told.json["limits"] if each["title"] == title) for title in ("受案后立案审查", "取保候审")
    )
    assert (kept["standing"], kept["level"]) == ("kept", "green")
    assert (running["standing"], running["due"]) == ("running", "2027-03-18 24:00")
    assert "取保候审" in juanzong(home, "deadlines", case_no, language="zh_CN").out

    (home / "holidays.toml").write_text("[2027]\noff = 3\n", "utf-8")
    broken = juanzong(home, "deadlines", case_no)
    assert broken.code != 0
    assert "holidays.toml" in broken.err


def test_the_report_on_paper(own_demo: Demo) -> None:
    home, case_no = own_demo.home, own_demo.case_no
    paper = home / "report.pdf"
    done = juanzong(home, "check", case_no, "--report", paper)
    assert done.code == 0, done.err
    assert paper.read_bytes().startswith(b"%PDF")
