"""What can go wrong with a package's form, one class per cause."""

from __future__ import annotations

from dossier.errors import DossierError
from dossier.model import Finding


class NameUnsafe(DossierError):
    """A path that must not stand in a package: absolute, climbing, hidden characters, too long, colliding."""

    key = "package.name-unsafe"
    text = "The package holds a file name that is not allowed ({name}): {reason}."
    remedy = "Do not unpack it. Ask the sender for the package as it was sealed."


class ContainerBroken(DossierError):
    """The zip file is not byte for byte the canonical container of its contents. `place` says where."""

    key = "package.container-broken"
    text = "The package file is damaged or was changed at {place}: {reason}."
    remedy = "Nothing in it can be relied on. Fetch the package again from the station that sealed it."

    def __init__(self, *, place: str, reason: str) -> None:
        self.place = place
        self.reason = reason
        super().__init__(place=place, reason=reason)


class PackageTooLarge(DossierError):
    key = "package.too-large"
    text = "{name} is larger than a package may be ({size} of at most {limit} {unit})."
    remedy = "Split the submission into smaller packages."


class TagFileBroken(DossierError):
    """A manifest, the bag's information, the index or the seal cannot be read."""

    key = "package.tag-file-broken"
    text = "{name} in the package cannot be read: {reason}."
    remedy = "Fetch the package again from the station that sealed it."


class PartsIncomplete(DossierError):
    """A package that was cut for media, and not all of it is here."""

    key = "package.parts-incomplete"
    text = "The package was cut into {count} parts; missing or damaged: {names}."
    remedy = "Copy all parts into one folder, each with its list, and try again. The names say which media are wanted."


class DossierNotReady(DossierError):
    """Blocking findings that nobody has explained. `findings` are these."""

    key = "seal.not-ready"
    text = "The dossier is not ready: {count} blocking findings, first at {first}."
    remedy = "Clear or explain the findings, then seal again. Nothing was made."

    def __init__(self, *, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(count=len(findings), first=f"{findings[0].where} ({findings[0].id})")


class ProfileDiffers(DossierError):
    key = "seal.profile-differs"
    text = "The case is pinned to the standard {pinned}, given was {given}."
    remedy = "Load the standard that the case was opened with."


class PackageUnsound(DossierError):
    """The finished package did not pass our own verifier. `findings` say why."""

    key = "seal.unsound"
    text = "The package did not pass its own verification: {first}."
    remedy = "No package was made. Report this with the case's number; the pages are safe."

    def __init__(self, *, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(first=", ".join(f"{each.id} {each.where}" for each in findings))


class OriginalChanged(DossierError):
    key = "package.original-changed"
    text = "The electronic original {name} is no longer the file that was brought in."
    remedy = "Take it from the backup, or bring it in again."
