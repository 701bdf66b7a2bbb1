"""The standard profile: what ships, and what a broken one is told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.profile import ProfileInvalid, ProfileMissing, load_profile, read_profile
from dossier.profile.folder import BUILT_IN, FILES
from ocr.reading.numbers import find_number

Edit = Callable[[str, str, str], Path]
SAMPLE_TAGS = frozenset({"drunk", "bail"})
SAMPLE_KINDS = (
    *("LA01", "LA02", "LA03", "QZ21", "QZ22", "ZC01"),
    *("ZA01", "ZA02", "GS01", "JT01", "JT02", "JT03", "SZ02", "SZ03"),
)


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """Copy the base profile and replace one text in one of its files; returns the folder of profiles."""
    shutil.copytree(BUILT_IN / "CN-GENERIC", tmp_path / "CN-GENERIC")

    def replace(file: str, old: str, new: str) -> Path:
        path = tmp_path / "CN-GENERIC" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return replace


def test_the_base_profile_says_what_it_is() -> None:
    profile = load_profile()
    assert (profile.id, profile.version, profile.status) == ("CN-GENERIC", "2026.1", "draft, unverified")
    assert profile.label == "CN-GENERIC 2026.1 (draft, unverified)"
    assert re.fullmatch("[0-9a-f]{64}", profile.sha256)
    assert set(profile.files) == set(FILES)
    assert len(profile.kinds) == 149
    assert (len(profile.deadlines), len(profile.checks)) == (21, 48)


def test_kinds_and_volumes() -> None:
    profile = load_profile()
    kind = profile.kind("GS01")
    assert (kind.title, kind.volume, kind.order, kind.about, kind.required) == ("讯问笔录", "Z", 3110, "person", "all")
    assert kind.sign == "P,L,C,S,F;I2;T;G"
    assert profile.volume("W").title == "诉讼文书卷"
    with pytest.raises(KeyError):
        profile.kind("XX99")


def test_signature_codes_are_all_explained() -> None:
    profile = load_profile()
    codes = profile.rules.signature_codes
    used = {code for kind in profile.kinds for code in re.split("[;|,]", kind.sign) if code}
    assert used <= set(codes.sign)
    assert {code for kind in profile.kinds for code in kind.seal.split("|") if code} <= set(codes.seal)


def test_required_kinds_of_the_drunk_driving_case() -> None:
    profile = load_profile()
    assert profile.required_kinds(SAMPLE_TAGS) == SAMPLE_KINDS
    assert "ZJ05" in profile.required_kinds(SAMPLE_TAGS, "prosecute")
    assert "ZC04" in profile.required_kinds(SAMPLE_TAGS | {"plea"})


def test_nothing_is_required_that_the_station_makes_or_other_organs_add() -> None:
    profile = load_profile()
    everything = frozenset(kind.required for kind in profile.kinds)
    volumes = {profile.kind(code).volume for code in profile.required_kinds(everything)}
    assert volumes == {"W", "Z"}
    assert profile.required_kinds(frozenset(), "custody") == ()


@pytest.mark.parametrize(
    "seen",
    [
        "寿公(城)传唤字[2018]2号",
        "大公(甘)拘字(2015)794号",
        "甘公刑诉字[2016]001号",
        "(大甘)公(司)鉴(法医临床)字[2015]491号",
        "大沙价认刑【2015】273号",
        "遂价认〔2017〕3号",
        "津武公(济)诉字[2021]10122号",
        "开元[2019]毒检字第12号",
        "K4418025400002021020012",
        "(2017)渝0108刑初34号",
    ],
)
def test_number_patterns_match_what_public_papers_show(seen: str) -> None:
    assert find_number(seen, load_profile().lexicon().number_patterns) is not None


def test_metadata_patterns() -> None:
    pattern = load_profile().rules.metadata["case_no"].pattern
    assert pattern is not None
    assert re.fullmatch(pattern, "A9901260000002026030415")
    assert not re.fullmatch(pattern, "A9901260000002026130415")


def test_the_hash_covers_every_file(edit: Edit) -> None:
    before = load_profile().sha256
    assert load_profile(folder=edit("checks.yaml", "severity: block", "severity: warn")).sha256 != before


def test_a_package_can_hand_the_files_back() -> None:
    profile = load_profile()
    assert read_profile(profile.files) == profile


@pytest.mark.parametrize(
    ("file", "old", "new", "line_of", "detail"),
    [
        ("profile.yaml", "max_grade: 机密", "max_grad: 机密", "max_grad:", "max_grad"),
        ("profile.yaml", "max_pages: 200}", "max_pages: many}", "max_pages: many", "integer"),
        ("profile.yaml", "series_order: [W, Z, B]", "series_order: [W, Q]", "series_order", "Q is not known"),
        ("profile.yaml", "volume: B, kinds", "volume: G, kinds", "volume: G, kinds", "G is not known"),
        ("profile.yaml", "kinds: [QZ35]", "kinds: [QZ99]", "QZ99", "QZ99 is not known"),
        ("profile.yaml", "valid_to: null\n", "valid_to: null\nvalid_to: null\n", None, "given twice"),
        ("profile.yaml", "pattern: '^\\d{12}$'", "pattern: '^\\d{12$('", "'^\\d{12$('", "regular expression"),
        ("recognition.yaml", "  LA01:\n", "  LA99:\n", "LA99", "LA99 is no kind"),
        ("recognition.yaml", "  - 提捉\n", "  - 提押\n", "提押", "押 is in two classes"),
        ("recognition.yaml", "strong: [", "stong: [", "stong", "stong"),
        ("doctypes.tsv", "QZ03\t", "QZ02\t", "拘留证\t刑事拘留证", "given twice"),
        ("doctypes.tsv", "拘留证\t刑事拘留证\tW", "拘留证\t刑事拘留证\tY", "拘留证\t刑事拘留证", "no volume Y"),
        ("doctypes.tsv", "\t1420\t", "\tfirst\t", "\tfirst\t", "order"),
        ("doctypes.tsv", "\t1420\t", "\t", "拘留证\t刑事拘留证", "12 columns"),
        ("deadlines.yaml", "deadlines:", "deadline:", None, "deadline"),
    ],
)
def test_a_broken_profile_is_named_with_file_and_line(
    edit: Edit, file: str, old: str, new: str, line_of: str | None, detail: str
) -> None:
    folder = edit(file, old, new)
    with pytest.raises(ProfileInvalid) as caught:
        load_profile(folder=folder)
    assert caught.value.params["file"] == file
    assert detail in str(caught.value)
    if line_of is not None:
        lines = (folder / "CN-GENERIC" / file).read_text(encoding="utf-8").splitlines()
        line = caught.value.params["line"]
        assert isinstance(line, int)
        assert line_of in lines[line - 1]


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"a: &x 1\nb: *x\n", "alias"),
        (b"a: " + b"[" * 5000, "nested"),
        (b"\xff\xfe", "UTF-8"),
        (b"", "empty"),
        (b"a: [1", "expected"),
        (b"a: !!python/object:os.system 1", "constructor"),
        (b"#" * 2_000_001, "larger"),
    ],
)
def test_foreign_bytes_are_bounded(content: bytes, detail: str) -> None:
    with pytest.raises(ProfileInvalid, match=detail):
        read_profile({**load_profile().files, "profile.yaml": content})


def test_a_profile_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProfileMissing, match="CN-NOWHERE"):
        load_profile("CN-NOWHERE", folder=tmp_path)


def test_the_folder_must_bear_the_profiles_name(edit: Edit) -> None:
    folder = edit("profile.yaml", "id: CN-GENERIC", "id: CN-OTHER")
    with pytest.raises(ProfileInvalid, match="CN-OTHER"):
        load_profile(folder=folder)
