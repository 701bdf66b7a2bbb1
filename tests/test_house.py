"""The house as DESIGN draws it: what would quietly break every tool, and words that must exist in both languages."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import string
from pathlib import Path

import pytest

from app.i18n.catalogue import load

ROOT = Path(__file__).parents[1]
PACKAGES = ("app.store", "app.station", "app.platform", "drivers", "ocr", "signing", "dossier", "transfer")


def errors() -> list[type[Exception]]:
    """Every error class of ours that carries words."""
    found: list[type[Exception]] = []
    for name in PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if module.name.endswith("errors"):
                loaded = importlib.import_module(module.name)
                classes = inspect.getmembers(loaded, inspect.isclass)
                found += [c for _, c in classes if c.__module__ == module.name and hasattr(c, "key")]
    return found


def blanks(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_packaging_has_no_init() -> None:
    """It would shadow PyPI's `packaging` for every tool started in the root."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_error_keys_are_unique() -> None:
    keys = [error.__dict__.get("key") for error in errors() if "key" in error.__dict__]
    assert len(keys) > 60
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("error", errors(), ids=lambda error: error.__name__)
def test_every_error_speaks_chinese_and_names_the_same_things(error: type[Exception]) -> None:
    assert all(hasattr(error, name) for name in ("key", "text", "remedy", "exit_code"))
    catalogue = load("zh_CN")
    assert error.key in catalogue.error_keys, error.key  # type: ignore[attr-defined]
    entry = catalogue._errors[error.key]  # type: ignore[attr-defined]
    english = blanks(error.text) | blanks(error.remedy)  # type: ignore[attr-defined]
    assert blanks(entry["text"]) | blanks(entry["remedy"]) <= english


def test_no_chinese_error_is_left_without_its_class() -> None:
    assert load("zh_CN").error_keys <= {error.key for error in errors()}  # type: ignore[attr-defined]


def test_both_languages_have_the_same_lines_with_the_same_blanks() -> None:
    chinese, english = load("zh_CN"), load("en")
    assert chinese.line_keys == english.line_keys
    for key in chinese.line_keys:
        assert blanks(chinese._lines[key]) == blanks(english._lines[key]), key


def test_every_line_the_command_line_uses_exists() -> None:
    used: set[str] = set()
    for file in (ROOT / "app" / "cli").glob("*.py"):
        used |= set(re.findall(r'(?:line|progress)\(\s*"([a-z][a-z.-]+)"', file.read_text("utf-8")))
    assert used
    assert used <= load("en").line_keys


def test_no_line_is_kept_that_nobody_says() -> None:
    """Lines named by a code (a state, an origin, a fault) are put together at run time and left out here."""
    composed = ("column.", "word.", "fsck.trouble.", "limit.", "state.", "severity.", "origin.", "demo.row.")
    source = "".join(file.read_text("utf-8") for file in (ROOT / "app").rglob("*.py"))
    assert [key for key in load("en").line_keys if f'"{key}"' not in source and not key.startswith(composed)] == []


def test_locks_carry_hashes_and_no_registry() -> None:
    for name in ("run.lock", "dev.lock"):
        text = (ROOT / "requirements" / name).read_text("utf-8")
        assert not re.search(r"https?://|index-url|find-links", text)
        pins = re.findall(r"^[A-Za-z0-9][^\n]*==[^\n]*(?:\n\s+--hash[^\n]*)+", text, flags=re.M)
        assert len(pins) == len(re.findall(r"^[A-Za-z0-9].*==", text, flags=re.M)) > 40


def test_readmes_exist_in_both_languages_and_name_both_commands() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text("utf-8")
        assert "installer/run" in text
        assert "installer/test" in text
