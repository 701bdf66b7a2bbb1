"""Findings about a package, made short. Texts stand beside those of the checks."""

from __future__ import annotations

from dossier.model import Finding, Severity

WHOLE_PACKAGE = "package"


def block(check: str, key: str, where: str, **params: object) -> Finding:
    return _finding(check, key, where, Severity.BLOCK, params)


def warn(check: str, key: str, where: str, **params: object) -> Finding:
    return _finding(check, key, where, Severity.WARN, params)


def _finding(check: str, key: str, where: str, severity: Severity, params: dict[str, object]) -> Finding:
    return Finding(check, key, severity, where, tuple((name, str(value)) for name, value in sorted(params.items())))
