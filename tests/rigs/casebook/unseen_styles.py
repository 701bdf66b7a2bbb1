"""Styles by another hand than that of the rules, drawn up before any page of them was read: these judge."""

from __future__ import annotations

from casebook.style import Style

UNSEEN: tuple[Style, ...] = ()
