"""What can go wrong with files that were, or are to be, removed by rule."""

from __future__ import annotations

from app.station.errors import StationError


class RuleMissing(StationError):
    key = "retention.no-rule"
    text = "There is no retention rule {file}; nothing is removed without one."
    remedy = "An administrator writes it; `juanzong retention --help` shows a whole one."
    exit_code = 2


class RuleBroken(StationError):
    key = "retention.rule-broken"
    text = "The retention rule {file} cannot be used: {detail}."
    remedy = "Nothing was removed. Mend what it names; `juanzong retention --help` shows a whole one."
    exit_code = 2


class RuleNotAdministrators(StationError):
    key = "retention.rule-not-administrators"
    text = "The retention rule {file} can be written by others than the administrator ({owner}, {mode})."
    remedy = "Nothing was removed. Let it belong to root and let nobody else write it: chown root, chmod 644."
    exit_code = 2


class FilesRemovedByRule(StationError):
    key = "retention.removed"
    text = "The originals of case {case_no} were removed by the retention rule after its dossier had arrived."
    remedy = "The delivered package holds them; its receipt, hashes and the trail are here. Scan the paper again."


class PicturesMissing(StationError):
    key = "case.pictures-missing"
    text = "{count} pictures of case {case_no} were removed or are gone; its originals are here."
    remedy = "Run `juanzong process {case_no}`: they are made again from the originals."
