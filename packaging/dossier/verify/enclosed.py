"""The electronic signature inside eep.xml (DA/T 48), for packages of that form."""

from __future__ import annotations

import datetime as dt

from dossier.model import Finding
from dossier.package.eep import EEP_NAME, MAX_EEP_BYTES, read_eep, signed_part
from dossier.package.errors import TagFileBroken
from dossier.package.schema import EEP, schema_fault
from dossier.verify.findings import block
from dossier.verify.source import Source, read_tag_file
from signing.cms import verify_detached
from signing.types import SignatureReport, TrustAnchors


def check_eep(
    source: Source, anchors: TrustAnchors, at: dt.datetime
) -> tuple[tuple[SignatureReport, ...], tuple[Finding, ...]]:
    """A-02, A-13: it has the form its schema asks for, and its signature holds. Nothing where there is no eep.xml."""
    if EEP_NAME not in source.sizes:
        return (), ()
    try:
        data = read_tag_file(source, EEP_NAME, MAX_EEP_BYTES)
        _, signature = read_eep(data)
        signed = signed_part(data)
    except TagFileBroken as fault:
        return (), (block("A-13", "verify.tag-file-broken", EEP_NAME, reason=fault.params["reason"]),)
    findings: list[Finding] = []
    fault_found = schema_fault(EEP, data)
    if fault_found is not None:
        findings.append(block("A-13", "verify.schema", EEP_NAME, reason=fault_found))
    report = verify_detached(signed, signature, anchors, at=at, where=EEP_NAME)
    if report.intact and not report.trusted:
        findings.append(block("A-02", "verify.untrusted", EEP_NAME, fingerprint=report.root_sha256 or "-"))
    elif not report.ok:
        findings.append(block("A-02", "verify.eep-signature", EEP_NAME, problems="; ".join(report.problems)))
    return (report,), tuple(findings)
