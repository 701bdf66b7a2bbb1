"""A region's profile laid over its base by data alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dossier.profile import Profile, ProfileInvalid, ProfileMissing, load_profile, open_profile, read_profile
from dossier.profile.compare import differences

HEAD = """extends: CN-GENERIC@2026.1
id: CN-TEST
version: "2026.3"
title: 试行标准
"""


@pytest.fixture
def region(tmp_path: Path) -> Path:
    (tmp_path / "CN-TEST").mkdir()
    return tmp_path / "CN-TEST"


def written(region: Path, more: str = "", head: str = HEAD, **files: str) -> Profile:
    (region / "profile.yaml").write_text(head + more, encoding="utf-8")
    for name, text in files.items():
        (region / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return load_profile("CN-TEST", folder=region.parent)


def test_what_a_region_does_not_say_is_the_bases(region: Path) -> None:
    base, profile = load_profile(), written(region)
    assert (profile.id, profile.version, profile.rules.title) == ("CN-TEST", "2026.3", "试行标准")
    assert (profile.kinds, profile.words, profile.rules.volumes) == (base.kinds, base.words, base.rules.volumes)
    assert {each.place for each in differences(base, profile)} == {"extends", "id", "title", "version"}


def test_entries_with_a_name_are_laid_over_one_by_one(region: Path) -> None:
    profile = written(
        region,
        """volumes:
  - {code: Z, max_pages: 90}
  - {code: Q, kind: other, title: 其他卷, forward: true, max_pages: 50}
series_order: [Q, Z]
naming: {max_bytes: 120}
submissions:
  - {id: base, include: [{volume: Q, kinds: null}]}
""",
    )
    assert [volume.code for volume in profile.volumes] == ["W", "Z", "B", "G", "M", "J", "F", "N", "Q"]
    assert (profile.volume("Z").title, profile.volume("Z").max_pages) == ("证据材料卷", 90)
    assert profile.volume("Q").title == "其他卷"
    assert profile.rules.series_order == ("Q", "Z"), "a list of plain values is replaced"
    assert (profile.rules.naming.max_bytes, profile.rules.naming.normalise) == (120, "NFC")
    assert [part.volume for part in profile.submission("base").include] == ["Q"]
    assert profile.submission("base").title == "基础卷"


def test_a_table_may_give_single_columns_and_new_rows(region: Path) -> None:
    head = "code\ttitle\taliases\tvol\tgroup\torder\tabout\tstage\tmaker\tsign\tseal\treq\tsrc"
    whole = "YY01\t云江专用表\t-\tW\tx\t5\tcase\t侦查\tpolice\t-\t-\tlocal\tM"
    profile = written(region, doctypes__tsv=f"{head}\n{whole}\n")
    assert profile.kind("YY01").title == "云江专用表"
    assert len(profile.kinds) == len(load_profile().kinds) + 1
    profile = written(region, doctypes__tsv="code\torder\nGS01\t7\n")
    assert (profile.kind("GS01").order, profile.kind("GS01").title) == (7, "讯问笔录")


def test_words_are_laid_over_key_by_key(region: Path) -> None:
    profile = written(region, recognition__yaml="kinds:\n  LA01: {titles: [接案登记表]}\n")
    before, after = load_profile().words.kinds["LA01"], profile.words.kinds["LA01"]
    assert after.titles == ("接案登记表",)
    assert after.strong == before.strong
    assert profile.words.charges == load_profile().words.charges


@pytest.mark.parametrize(
    ("more", "line", "detail"),
    [
        ("volumes:\n  - {code: W, max_page: 3}\n", 6, "max_page"),
        ("volumes:\n  - {code: W, max_pages: 0}\n", 6, "greater than"),
        ("volumes:\n  - {code: W}\n  - {code: W}\n", 7, "given twice"),
        ("series_order: [W, Y]\n", 5, "Y is not known"),
        ("valid_to: 2025-01-01\n", 5, "ends before"),
        ("package: {form: rar}\n", 5, "'bagit'"),
        ("colour: red\n", 5, "colour"),
    ],
)
def test_a_mistake_is_named_where_the_region_wrote_it(region: Path, more: str, line: int, detail: str) -> None:
    with pytest.raises(ProfileInvalid, match=detail) as caught:
        written(region, more)
    assert (caught.value.params["file"], caught.value.params["line"]) == ("profile.yaml", line)


@pytest.mark.parametrize(
    ("head", "detail"),
    [
        (HEAD.replace("@2026.1", "@2025.9"), "there is CN-GENERIC@2026.1"),
        (HEAD.replace("extends: CN-GENERIC@2026.1", "extends: CN-GENERIC"), "ID@VERSION"),
        (HEAD.replace("title: 试行标准\n", ""), "title is missing"),
    ],
)
def test_who_it_is_and_what_it_extends_must_be_said(region: Path, head: str, detail: str) -> None:
    with pytest.raises(ProfileInvalid, match=detail):
        written(region, head=head)


def test_a_kind_that_is_new_needs_every_column(region: Path) -> None:
    with pytest.raises(ProfileInvalid, match="ZZ99 is new") as caught:
        written(region, doctypes__tsv="code\torder\nGS01\t7\nZZ99\t8\n")
    assert (caught.value.params["file"], caught.value.params["line"]) == ("doctypes.tsv", 3)


def test_a_base_that_is_not_there(region: Path) -> None:
    with pytest.raises(ProfileMissing, match="CN-NOWHERE"):
        written(region, head=HEAD.replace("CN-GENERIC@", "CN-NOWHERE@"))


def test_a_file_that_no_profile_has_is_refused(region: Path) -> None:
    """A misspelt file name would silently change nothing."""
    with pytest.raises(ProfileInvalid, match="no profile has such a file") as caught:
        written(region, doctype__tsv="code\n")
    assert caught.value.params["file"] == "doctype.tsv"


def test_profiles_that_extend_each_other_end(region: Path) -> None:
    with pytest.raises(ProfileInvalid, match="one on the other"):
        written(region, head=HEAD.replace("CN-GENERIC@2026.1", "CN-TEST@2026.3"))


def test_the_hash_covers_the_base(region: Path) -> None:
    profile = written(region)
    assert "base/doctypes.tsv" in profile.files
    other = {**profile.files, "base/doctypes.tsv": profile.files["base/doctypes.tsv"].replace(b"\t1420\t", b"\t1421\t")}
    assert read_profile(other).sha256 != profile.sha256
    assert read_profile(profile.files) == profile


def test_the_example_region_differs_by_data_alone() -> None:
    example = load_profile("CN-YUNJIANG")
    assert example.label == "CN-YUNJIANG 2026.1 (draft, unverified)", "nobody signed it, whatever it says of itself"
    places = {each.place for each in differences(load_profile(), example)}
    assert {"series_order", "volumes.Z.max_pages", "naming.volume_file", "package.form", "kinds.GS01.order"} <= places


def test_when_a_profile_is_in_force(region: Path) -> None:
    profile = written(region, "valid_from: 2026-03-01\nvalid_to: 2026-06-30\n")
    days = (dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 1))
    assert [profile.in_force(day) for day in days] == [False, True, True, False]
    assert load_profile().in_force(dt.date(2099, 1, 1))


def test_a_profile_may_bring_its_base_along(region: Path) -> None:
    written(region)
    for name, data in load_profile().files.items():
        (region / "base").mkdir(exist_ok=True)
        (region / "base" / name).write_bytes(data.replace(b"\t1420\t", b"\t1421\t"))
    assert open_profile(region).kind("QZ03").order == 1421
