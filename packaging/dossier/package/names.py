"""File names in a package: made safe when writing, judged when reading."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from dossier.package.errors import NameUnsafe

MAX_NAME_BYTES = 200
MAX_PATH_BYTES = 600
MAX_DEPTH = 8
# Beyond the profile's list. "%" would need encoding in BagIt manifests (RFC 8493, 2.1.3); readers differ in undoing it.
ALWAYS_FORBIDDEN = '\\/:*?"<>|%'
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def safe_name(stem: str, suffix: str = "", *, forbidden: str = "", max_bytes: int = MAX_NAME_BYTES) -> str:
    """One path component from free text: NFC, forbidden and invisible characters as "_", at most `max_bytes` in UTF-8.

    Names that Windows keeps for devices get a leading "_".
    """
    barred = set(forbidden) | set(ALWAYS_FORBIDDEN)
    text = unicodedata.normalize("NFC", stem)
    text = "".join("_" if c in barred or _invisible(c) else c for c in text).strip(" .") or "_"
    if text.split(".")[0].casefold() in _RESERVED:
        text = f"_{text}"
    room = max_bytes - len(suffix.encode())
    return text.encode()[:room].decode(errors="ignore").rstrip(" .") + suffix


def check_path(name: str) -> None:
    """Raise `NameUnsafe` unless `name` is a relative path whose components `safe_name` could have made."""
    if len(name.encode(errors="surrogatepass")) > MAX_PATH_BYTES:
        raise NameUnsafe(name=name[:80], reason="too long")
    if unicodedata.normalize("NFC", name) != name:
        raise NameUnsafe(name=name, reason="not in Unicode normal form C")
    parts = name.split("/")
    if len(parts) > MAX_DEPTH:
        raise NameUnsafe(name=name, reason="nested too deep")
    for part in parts:
        if part in ("", ".", ".."):
            raise NameUnsafe(name=name, reason="not a plain relative path")
        if safe_name(part, max_bytes=MAX_PATH_BYTES) != part:
            raise NameUnsafe(name=name, reason="forbidden or invisible characters")


def check_paths(names: Iterable[str]) -> None:
    """Raise `NameUnsafe` for the first bad path and for two paths that fall together on a case-blind disk."""
    seen: dict[str, str] = {}
    for name in names:
        check_path(name)
        folded = name.casefold()
        if folded in seen:
            raise NameUnsafe(name=name, reason=f"stands twice, also as {seen[folded]}")
        seen[folded] = name


def _invisible(char: str) -> bool:
    """Control, format (direction marks and the like), surrogate and line-breaking characters."""
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
