"""What can be wrong with a standard profile."""

from __future__ import annotations

from dossier.errors import DossierError


class ProfileInvalid(DossierError):
    key = "profile.invalid"
    text = "The standard profile is not valid: {file}, line {line}: {detail}."
    remedy = "Correct that line, or use the profile as its publisher gave it out. The case stays as it is."


class ProfileMissing(DossierError):
    key = "profile.missing"
    text = "There is no standard profile {profile} in {folder}."
    remedy = "Name a profile that is installed, or copy its folder there."
