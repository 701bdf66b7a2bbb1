"""conformity.json: by which standard the package was made, what was checked, what was let stand, what was reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dossier.checks import Explanation
from dossier.model import Dossier, Face, Finding
from dossier.package.bound import FORMATS, VolumeForm
from dossier.package.canonical import canonical_json
from dossier.profile import Profile
from signing.types import Level

CONFORMITY_NAME = "conformity.json"
FORMAT = "urn:juanzong:conformity:1"
# What sealing runs: the checks of the dossier and, on the finished package, those of its verification.
RUN = frozenset(
    {
        *(
            "A-01",
            "A-02",
            "A-04",
            "A-06",
            "A-07",
            "A-08",
            "A-09",
            "A-10",
            "A-11",
            "A-12",
            "A-13",
            "A-14",
            "A-16",
            "A-17",
            "A-18",
        ),
        *(
            "C-01",
            "C-02",
            "C-03",
            "C-04",
            "C-05",
            "C-06",
            "C-07",
            "C-08",
            "C-09",
            "C-10",
            "C-11",
            "C-12",
            "C-13",
            "C-14",
        ),
        *("U-03", "U-04", "U-06", "U-07", "U-08", "U-09", "S-01", "S-02", "S-04", "S-05", "S-07"),
    }
)


def conformity_bytes(
    dossier: Dossier,
    profile: Profile,
    findings: Sequence[Finding],
    explained: Sequence[Explanation],
    *,
    level: Level,
    codecs: Mapping[VolumeForm, Mapping[str, str | bool]],
) -> bytes:
    """The statement (符合性声明) as canonical JSON. `findings`: all that the checks said before sealing."""
    rules, endorsement = profile.rules, profile.endorsement
    faces = list(_faces(dossier))
    return canonical_json(
        {
            "format": FORMAT,
            "profile": {
                "id": profile.id,
                "version": profile.version,
                "title": rules.title,
                "status": profile.status,
                "sha256": profile.sha256,
                "extends": rules.extends,
                "valid_from": rules.valid_from.isoformat(),
                "valid_to": rules.valid_to.isoformat() if rules.valid_to else None,
                "signer": endorsement.signer if endorsement else None,
            },
            "form": rules.package.form,
            "checks": [_check(check.id, check.da_t_70, findings, explained) for check in profile.checks],
            "reached": {
                "signatures": f"PAdES {level.value}",
                "volumes": FORMATS[VolumeForm.PDF],
                "lowest_dpi": min((face.dpi for face in faces), default=None),
                "pictures": dict(codecs[VolumeForm.PDF]),
                "access_copies": {
                    form.value: {"format": FORMATS[form], **codec}
                    for form, codec in codecs.items()
                    if form is not VolumeForm.PDF
                },
            },
            "origins": dict(Counter(face.origin.value for face in faces)),
            "training": dossier.training,
        }
    )


def _check(check: str, item: str, findings: Sequence[Finding], explained: Sequence[Explanation]) -> dict[str, Any]:
    return {
        "id": check,
        "da_t_70": item,
        "run": check in RUN,
        "findings": sum(finding.id == check for finding in findings),
        "waived": [
            {"key": each.key, "where": each.where, "by": each.by, "reason": each.reason, "at": each.at.isoformat()}
            for each in explained
            if each.id == check
        ],
    }


def _faces(dossier: Dossier) -> Iterator[Face]:
    for volume in dossier.volumes:
        for entry in volume.entries:
            yield from entry.document.faces
    for document in dossier.loose:
        yield from document.faces
