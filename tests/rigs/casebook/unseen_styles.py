"""Styles that judge: drawn up by another hand than that of the rules before any page of them is read; none now."""

from __future__ import annotations

from casebook.style import Style

UNSEEN: tuple[Style, ...] = ()
