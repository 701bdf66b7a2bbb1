"""From what pyHanko found to what we report."""

from __future__ import annotations

import datetime as dt

from asn1crypto import cms
from cryptography import x509
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation.status import StandardCMSSignatureStatus

from signing.keys.certificates import issuers_of
from signing.trust import fingerprint
from signing.types import Level, SignatureReport

_CLOCK_TOLERANCE = dt.timedelta(minutes=5)


def judge(
    where: str,
    status: StandardCMSSignatureStatus,
    signed_data: cms.SignedData,
    *,
    at: dt.datetime,
    covers_whole_file: bool,
    problems: tuple[str, ...],
) -> SignatureReport:
    """The report on one signature. `problems` are those found besides `status`; any of them makes it not ok."""
    found = list(problems)
    signer, embedded = _certificates(signed_data)
    chain = _chain(status, signer, embedded)
    if not (status.intact and status.valid):
        found.append("the signed content was changed" if not status.intact else "the signature is not by this key")
    elif not status.trusted:
        found.append(f"the certificate leads to no trusted root: {status.trust_problem_indic}")
    if any(certificate not in chain for certificate in embedded):
        found.append("a certificate is enclosed that does not belong to the chain")
    stamp = status.timestamp_validity
    if stamp is not None and not (stamp.valid and stamp.intact and stamp.trusted):
        found.append("the time-stamp does not hold")
    stamped = stamp is not None and stamp.valid and stamp.intact and stamp.trusted
    signed_at = stamp.timestamp if stamp is not None and stamped else status.signer_reported_dt
    if signed_at is not None and signed_at > at + _CLOCK_TOLERANCE:
        found.append(f"signed in the future: {signed_at.isoformat()}")
    return SignatureReport(
        where=where,
        ok=status.bottom_line and not found,
        intact=status.intact and status.valid,
        trusted=status.trusted,
        covers_whole_file=covers_whole_file,
        signer=signer.subject.rfc4514_string(),
        issuer=signer.issuer.rfc4514_string(),
        root_sha256=fingerprint(chain[-1]),
        signed_at=signed_at,
        time_basis="timestamp" if stamped else "claimed",
        level=_level(signed_data, stamped),
        problems=tuple(found),
    )


def refused(where: str, problem: str) -> SignatureReport:
    """The report on something that could not be read as a signature."""
    return SignatureReport(
        where=where,
        ok=False,
        intact=False,
        trusted=False,
        covers_whole_file=False,
        signer="",
        issuer="",
        root_sha256=None,
        signed_at=None,
        time_basis="claimed",
        level="",
        problems=(problem,),
    )


def _level(signed_data: cms.SignedData, stamped: bool) -> str:
    """The AdES level, or "CMS" for a plain signature that does not name its certificate (RFC 5035)."""
    attributes = {attribute["type"].native for attribute in signed_data["signer_infos"][0]["signed_attrs"] or ()}
    if not attributes & {"signing_certificate", "signing_certificate_v2"}:
        return "CMS"
    return Level.B_T if stamped else Level.B_B


def _certificates(signed_data: cms.SignedData) -> tuple[x509.Certificate, list[x509.Certificate]]:
    enclosed = extract_certificate_info(signed_data)
    others = [x509.load_der_x509_certificate(other.dump()) for other in enclosed.other_certs]
    return x509.load_der_x509_certificate(enclosed.signer_cert.dump()), others


def _chain(
    status: StandardCMSSignatureStatus, signer: x509.Certificate, embedded: list[x509.Certificate]
) -> list[x509.Certificate]:
    """Signer first; ends in the anchor when trusted, else in the last certificate that is enclosed."""
    if status.trusted and status.validation_path is not None:
        path = status.validation_path.iter_certs(include_root=True)
        return [x509.load_der_x509_certificate(certificate.dump()) for certificate in path][::-1]
    return [signer, *issuers_of(signer, embedded)]
