"""The standard as data: volumes, orders, document kinds, limits, checks, names, recognition words."""

from dossier.profile.errors import ProfileInvalid, ProfileMissing
from dossier.profile.load import load_profile, read_profile
from dossier.profile.model import DocumentKind, Submission, VolumeKind
from dossier.profile.profile import Profile

__all__ = [
    "DocumentKind",
    "Profile",
    "ProfileInvalid",
    "ProfileMissing",
    "Submission",
    "VolumeKind",
    "load_profile",
    "read_profile",
]
