"""The words of findings, in Chinese and English, from texts.toml and defects.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from dossier.model import Finding


def describe(finding: Finding, language: str) -> tuple[str, str]:
    """Message and remedy of a finding, its parameters filled in; `language` is "zh" or "en"."""
    values = dict(finding.params) | {"where": finding.where}
    message, remedy = _filled(finding.key, language, values)
    if "doubt" in values:
        return _filled("doubt", language, values | {"message": message, "remedy": remedy})
    return message, remedy


def _filled(key: str, language: str, values: dict[str, str]) -> tuple[str, str]:
    texts = _texts()[key]
    return texts[language].format_map(values), texts[f"{language}_remedy"].format_map(values)


@cache
def _texts() -> dict[str, dict[str, str]]:
    folder = files("dossier.checks")
    return {
        key: words
        for name in ("texts.toml", "defects.toml")
        for key, words in tomllib.loads(folder.joinpath(name).read_text("utf-8")).items()
    }
