"""What can be wrong with answering for a finding."""

from __future__ import annotations

from dossier.errors import DossierError


class FindingNotWaivable(DossierError):
    key = "finding.not-waivable"
    text = "The standard lets nobody waive {finding}."
    remedy = "Put right what it says; no reason can stand for it."
    exit_code = 2
