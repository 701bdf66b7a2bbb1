"""Messages by key. The English of an error stands in its class; every other language and the command line's lines stand
in `messages.<language>.toml`."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import ClassVar, Literal, Protocol, runtime_checkable

LANGUAGES = ("zh_CN", "en")


@runtime_checkable
class Explained(Protocol):
    """An error of ours: it says what happened, what to do, and with which code to leave."""

    key: ClassVar[str]
    text: ClassVar[str]
    remedy: ClassVar[str]
    exit_code: ClassVar[int]
    params: dict[str, object]


@dataclass(frozen=True)
class Told:
    message: str
    remedy: str


class Catalogue:
    """One language's words."""

    def __init__(self, language: str, errors: Mapping[str, Mapping[str, str]], lines: Mapping[str, str]) -> None:
        self.language = language
        self._errors = errors
        self._lines = lines

    @property
    def short(self) -> Literal["zh", "en"]:
        """How the dossier package calls this language."""
        return "zh" if self.language.startswith("zh") else "en"

    @property
    def error_keys(self) -> frozenset[str]:
        return frozenset(self._errors)

    @property
    def line_keys(self) -> frozenset[str]:
        return frozenset(self._lines)

    def error(self, error: Explained) -> Told:
        """What happened and what to do, in this language; English where the catalogue has no word for it."""
        entry = self._errors.get(error.key)
        text, remedy = (entry["text"], entry["remedy"]) if entry else (error.text, error.remedy)
        params = {name: self.word(value) for name, value in error.params.items()}
        return Told(text.format(**params), remedy.format(**params))

    def word(self, value: object) -> object:
        """A code such as `cover-open` in this language's words; anything else as it is."""
        return self._lines.get(f"word.{value}", value) if isinstance(value, str) else value

    def line(self, key: str, **params: object) -> str:
        return self._lines[key].format(**params)


def load(language: str) -> Catalogue:
    """Read one language's catalogue from the package."""
    words = tomllib.loads(resources.files("app.i18n").joinpath(f"messages.{language}.toml").read_text("utf-8"))
    return Catalogue(language, words.get("errors", {}), words.get("lines", {}))


def system_language(environment: Mapping[str, str] = os.environ, *, neutral: str = "en") -> str:
    """zh_CN for a Chinese locale, en for any other; JUANZONG_LANG decides over the locale.

    `neutral`: for a locale of no country (C, POSIX or none).
    """
    for name in ("JUANZONG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value and value.partition(".")[0] not in ("C", "POSIX"):
            return "zh_CN" if value.lower().startswith("zh") else "en"
    return neutral
