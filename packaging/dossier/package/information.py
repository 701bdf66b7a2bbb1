"""bag-info.txt: who made the package of what, by which standard, and whether it is real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version

from dossier.model import Dossier
from dossier.package.manifest import TRAINING
from dossier.profile import Profile
from dossier.volumes import Making


def information(
    dossier: Dossier, profile: Profile, making: Making, codec: Mapping[str, str | bool]
) -> list[tuple[str, str]]:
    """Label and value of each field but Payload-Oxum. `codec`: how the pictures in the volumes are coded."""
    case = dossier.case
    return [
        ("Source-Organization", f"{case.unit_name} {case.unit_code}"),
        ("External-Identifier", case.case_no),
        ("External-Description", f"{case.name} {dossier.submission_title}"),
        ("Bagging-Date", making.now.date().isoformat()),
        ("Bag-Software-Agent", f"juanzong {version('juanzong')}"),
        ("Juanzong-Station", making.station),
        ("Juanzong-Submission", dossier.submission),
        ("Juanzong-Profile", profile.label),
        ("Juanzong-Profile-SHA256", profile.sha256),
        ("Juanzong-Training", TRAINING[dossier.training]),
        ("Juanzong-Origins", _origins(dossier)),
        ("Juanzong-Pictures", ", ".join(f"{name}={value}" for name, value in sorted(codec.items()))),
    ]


def _origins(dossier: Dossier) -> str:
    """How many faces were captured in which way."""
    bound = [entry.document for volume in dossier.volumes for entry in volume.entries]
    counted = Counter(face.origin.value for document in (*bound, *dossier.loose) for face in document.faces)
    return ", ".join(f"{origin} {count}" for origin, count in sorted(counted.items()))
