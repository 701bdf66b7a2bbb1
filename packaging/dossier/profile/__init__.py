"""The standard as data: volumes, orders, document kinds, limits, checks, names, recognition words."""

from dossier.profile.errors import ProfileAltered, ProfileInvalid, ProfileMissing, ProfileNotInForce
from dossier.profile.load import load_profile, open_profile, read_profile
from dossier.profile.model import DocumentKind, Submission, VolumeKind
from dossier.profile.profile import Profile

__all__ = [
    "DocumentKind",
    "Profile",
    "ProfileAltered",
    "ProfileInvalid",
    "ProfileMissing",
    "ProfileNotInForce",
    "Submission",
    "VolumeKind",
    "load_profile",
    "open_profile",
    "read_profile",
]
