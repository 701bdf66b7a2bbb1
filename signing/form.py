"""Is a CMS signature written in the one way it may be? (RFC 5652; DER, ITU-T X.690)

A CMS message has bytes that no signature protects: versions, algorithm names, certificates nobody uses, unsigned
attributes. A verifier that reads over them calls an altered file unaltered. So the message is built again from the
parts that are checked elsewhere (signed attributes, certificates, signature) and must come out the same.
"""

from __future__ import annotations

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.sign.general import extract_certificate_info

# What the libraries underneath raise on bytes made to hurt them. They were written for sound input, so besides their
# own errors these come up; each means "cannot be read as a signature". Errors of the machine (OSError, MemoryError)
# are not among them.
UNSOUND = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    NotImplementedError,
    RecursionError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


class MalformedSignature(ValueError):
    """The bytes are no CMS message with one signer."""


def parse_signed_data(der: bytes) -> cms.SignedData:
    """The one-signer SignedData in `der`; nothing may follow it. Raises `MalformedSignature`."""
    try:
        message = cms.ContentInfo.load(der, strict=True)
        kind = message["content_type"].native
        signed_data = message["content"]
        signers = len(signed_data["signer_infos"]) if kind == "signed_data" else 0
    except UNSOUND as error:
        raise MalformedSignature(f"not a CMS message: {error}") from error
    if kind != "signed_data":
        raise MalformedSignature("not a CMS signed message")
    if signers != 1:
        raise MalformedSignature(f"{signers} signers in one signature; exactly one is taken")
    return signed_data


def form_problems(der: bytes, signed_data: cms.SignedData) -> tuple[str, ...]:
    """What is wrong with the form of a detached signature; `der` is what `signed_data` was parsed from.

    Raises one of `UNSOUND` on parts that cannot be read at all.
    """
    problems: list[str] = []
    signer_info = signed_data["signer_infos"][0]
    if any(choice.name != "certificate" for choice in signed_data["certificates"]):
        problems.append("something that is no certificate stands among the certificates")
    unsigned = [attribute["type"].native for attribute in signer_info["unsigned_attrs"] or ()]
    if unsigned and unsigned != ["signature_time_stamp_token"]:
        problems.append(f"unsigned attributes: {', '.join(unsigned)}")
    if signed_data["crls"] is not core.VOID and signed_data["crls"].native:
        problems.append("revocation lists beside the signature, where nothing protects them")
    for choice in signed_data["certificates"]:
        if choice.name == "certificate" and _rebuilt_certificate(choice.chosen) != choice.chosen.untag().dump():
            problems.append("a certificate is not in canonical form")
    if not any(rebuilt == der for rebuilt in _rebuilt(signed_data, signer_info)):
        problems.append("not in canonical form: bytes outside the signed part may have been changed")
    return tuple(problems)


def _rebuilt(signed_data: cms.SignedData, signer_info: cms.SignerInfo) -> list[bytes]:
    """The message as it must read; RFC 5754 lets the digest's parameters be absent or NULL, hence two."""
    signer = extract_certificate_info(signed_data).signer_cert
    parts: dict[str, object] = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {"issuer_and_serial_number": {"issuer": signer.issuer, "serial_number": signer.serial_number}}
        ),
        "signature_algorithm": _signature_algorithm(signer_info),
        "signed_attrs": signer_info["signed_attrs"],
        "signature": signer_info["signature"].native,
    }
    if signer_info["unsigned_attrs"] is not core.VOID:
        parts["unsigned_attrs"] = signer_info["unsigned_attrs"]
    forms = []
    oid = signer_info["digest_algorithm"]["algorithm"].dump()
    for content in (oid, oid + core.Null().dump()):
        digest = algos.DigestAlgorithm.load(bytes([0x30, len(content)]) + content)
        message = cms.ContentInfo(
            {
                "content_type": "signed_data",
                "content": cms.SignedData(
                    {
                        "version": "v1",
                        "digest_algorithms": [digest],
                        "encap_content_info": {"content_type": "data"},
                        "certificates": signed_data["certificates"],
                        "signer_infos": [cms.SignerInfo({**parts, "digest_algorithm": digest})],
                    }
                ),
            }
        )
        forms.append(message.dump())
    return forms


def _rebuilt_certificate(certificate: asn1_x509.Certificate) -> bytes:
    """The certificate with the parts around its signed body made anew: X.509 signs the body alone."""
    body = certificate["tbs_certificate"]
    value = core.OctetBitString(certificate["signature_value"].native)
    parts = {"tbs_certificate": body, "signature_algorithm": body["signature"], "signature_value": value}
    der: bytes = asn1_x509.Certificate(parts).dump()
    return der


def _signature_algorithm(signer_info: cms.SignerInfo) -> algos.SignedDigestAlgorithm:
    """By its name the parameters are given (RSA: NULL, ECDSA: none); those of RSA-PSS are a choice of the signer."""
    claimed = signer_info["signature_algorithm"]
    name = claimed["algorithm"].native
    if name == "rsassa_pss":
        return claimed
    return algos.SignedDigestAlgorithm({"algorithm": name})
