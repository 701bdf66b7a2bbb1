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


class ProfileAltered(DossierError):
    """Signed, and not what was signed."""

    key = "profile.altered"
    text = "The standard profile is not as its publisher signed it: {file}: {detail}."
    remedy = "Use the profile as its publisher gave it out; who changes it has to sign it anew."
    exit_code = 6


class ProfileNotInForce(DossierError):
    key = "profile.not-in-force"
    text = "The standard {standard} is in force from {start} to {end}, not on {day}."
    remedy = "Under it a case may be opened and worked on, but not sealed. Ask its publisher for the version in force."
