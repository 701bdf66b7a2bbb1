"""seal.json: the few bytes that are signed and stand for the whole package."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from dossier.package.canonical import canonical_json, parse_canonical
from dossier.package.closing import Form
from dossier.package.digest import Digests
from dossier.package.errors import TagFileBroken

SEAL_NAME = "seal.json"
SIGNATURE_NAME = "seal.p7s"
FORMAT = "urn:juanzong:seal:1"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, FORMAT)


@dataclass(frozen=True)
class ExplainedFinding:
    """A blocking finding that was let stand, as it is written into the seal: who, why, when (ISO 8601)."""

    check: str
    key: str
    params: Mapping[str, str]
    where: str
    face: str
    by: str
    reason: str
    at: str


@dataclass(frozen=True)
class Seal:
    """What the signer signs. `lists`: file name -> algorithm -> digest of the lists, which list everything else; which
    files these are, `form` says.

    `certificates`: SHA-256 of the signer's certificate and of its intermediates, so that what the signature encloses is
    sealed too.
    """

    case_no: str
    submission: str
    profile: str  # id@version
    profile_sha256: str
    training: bool
    sealed_at: str  # ISO 8601 with offset
    station: str
    signer: str  # subject, RFC 4514
    certificates: tuple[str, ...]
    form: str  # of the package: bagit, eep, plain
    lists: Mapping[str, Mapping[str, str]]
    explained: tuple[ExplainedFinding, ...]

    @property
    def package_id(self) -> str:
        """UUIDv5 (RFC 9562) over the seal: the same sealed content has the same id, anything else another."""
        return str(uuid.uuid5(_NAMESPACE, canonical_json(asdict(self)).decode()))


def seal_bytes(seal: Seal) -> bytes:
    return canonical_json({"format": FORMAT, "package_id": seal.package_id, **asdict(seal)})


def parse_seal(data: bytes) -> Seal:
    """Raises `TagFileBroken`, also when the package id does not follow from the rest."""
    fields = parse_canonical(SEAL_NAME, data)
    try:
        if fields.pop("format") != FORMAT:
            raise TagFileBroken(name=SEAL_NAME, reason="unknown format")
        package_id = fields.pop("package_id")
        explained = tuple(ExplainedFinding(**each) for each in fields.pop("explained"))
        seal = Seal(**fields | {"certificates": tuple(fields["certificates"]), "explained": explained})
        if seal_bytes(seal) != data or seal.package_id != package_id:
            raise TagFileBroken(name=SEAL_NAME, reason="its content does not give its package id")
        _check_types(seal)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise TagFileBroken(name=SEAL_NAME, reason="fields missing or of the wrong kind") from fault
    return seal


def list_digests(digests: Mapping[str, Digests]) -> dict[str, dict[str, str]]:
    """What goes into `Seal.lists`. `digests`: the list's name -> its digests."""
    return {name: {"sha256": each.sha256, "sm3": each.sm3} for name, each in digests.items()}


def _check_types(seal: Seal) -> None:
    words = (
        seal.case_no,
        seal.submission,
        seal.profile,
        seal.profile_sha256,
        seal.sealed_at,
        seal.station,
        seal.signer,
        seal.form,
    )
    texts = (*words, *seal.certificates, *(value for each in seal.lists.values() for value in each.values()))
    if not isinstance(seal.training, bool) or not all(isinstance(text, str) for text in texts):
        raise TypeError("wrong kind of field")
    Form(seal.form)
