"""What is said of a package in which malware was found: only its seal is read, for the name to answer it under."""

from __future__ import annotations

from pathlib import Path

from dossier.errors import DossierError
from dossier.package.sealing import SEAL_NAME, Seal, parse_seal
from dossier.verify.findings import WHOLE_PACKAGE, block
from dossier.verify.report import VerifyReport, unread
from dossier.verify.source import open_source, read_tag_file


def report_infected(package: Path, malware: str) -> VerifyReport:
    """S-01. `malware`: its name, as the scanner gave it. Raises `OSError`."""
    return unread(block("S-01", "verify.malware", WHOLE_PACKAGE, malware=malware), _claimed(package))


def _claimed(package: Path) -> Seal | None:
    """What the package says of itself, if that can be read; its signature is not looked at."""
    try:
        with open_source(package) as source:
            return parse_seal(read_tag_file(source, SEAL_NAME))
    except DossierError:
        return None
