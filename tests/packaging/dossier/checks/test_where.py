"""Every check and defect of the profile has its line in the table of where it is looked at, and the line is true."""

from __future__ import annotations

import tomllib
from importlib import import_module
from importlib.resources import files

from dossier.checks.run import CHECKS
from dossier.profile import load_profile

TABLE = tomllib.loads(files("dossier.checks").joinpath("where.toml").read_text("utf-8"))


def test_every_check_and_defect_has_one_line() -> None:
    profile = load_profile()
    known = [check.id for check in profile.checks] + [defect.id for defect in profile.acceptance.defects]
    assert len(known) == 98
    assert sorted(each for group in TABLE.values() for each in group) == sorted(known)


def test_what_is_named_is_there() -> None:
    run = {f"{check.__module__}:{check.__name__}" for check in CHECKS}
    named = {place for group in TABLE.values() for places in group.values() for place in places}
    for place in named:
        module, _, function = place.partition(":")
        assert not function or hasattr(import_module(module), function), place
    assert {place for places in TABLE["check"].values() for place in places} <= run
    assert all(bool(places) == (group != "not_built") for group in TABLE for places in TABLE[group].values())
