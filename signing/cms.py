"""Detached signatures over bytes: CMS SignedData (RFC 5652) with CAdES attributes (RFC 5035).

Not to be called from inside a running event loop: pyHanko's coroutines are run to their end here.
"""

from __future__ import annotations

import asyncio
import datetime as dt

from asn1crypto import cms
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms, extract_self_reported_ts
from pyhanko.sign.validation.status import StandardCMSSignatureStatus

from signing.adapter import DIGEST, AdaptedSigner
from signing.form import UNSOUND, form_problems, parse_signed_data
from signing.judgement import judge, refused
from signing.keys.certificates import check_valid_at
from signing.trust import SIGNER_USAGE, validation_context
from signing.types import SignatureReport, Signer, TrustAnchors

MAX_SIGNATURE_BYTES = 1 << 20


def sign_detached(data: bytes, signer: Signer, *, now: dt.datetime) -> bytes:
    """Signature over `data` as DER: contentType, messageDigest, signingTime (`now`, aware), signingCertificateV2.

    The certificate and its intermediates are inside. Raises `KeyExpired`, `KeyNotYetValid` or what the key raises.
    """
    check_valid_at(signer.certificate, now)
    settings = PdfCMSSignedAttributes(signing_time=now)
    content = asyncio.run(
        AdaptedSigner(signer).async_sign_general_data(data, DIGEST, detached=True, signed_attr_settings=settings)
    )
    der: bytes = content.dump()
    return der


def verify_detached(
    data: bytes, signature: bytes, anchors: TrustAnchors | None, *, at: dt.datetime, where: str = "detached signature"
) -> SignatureReport:
    """Judge `signature` over `data`. Never raises for what stands in the two.

    Strict: the signature must be, to the byte, what its parts rebuild to, so any change of it is found. The chain is
    judged as of the claimed signing time, which must not lie after `at`.
    """
    if len(signature) > MAX_SIGNATURE_BYTES:
        return refused(where, f"the signature has {len(signature)} bytes, at most {MAX_SIGNATURE_BYTES} are read")
    try:
        signed_data = parse_signed_data(signature)
        problems = form_problems(signature, signed_data)
        claimed = extract_self_reported_ts(signed_data["signer_infos"][0])
        status = asyncio.run(_validate(data, signed_data, anchors, claimed or at))
        return judge(where, status, signed_data, at=at, covers_whole_file=status.intact, problems=problems)
    except UNSOUND as error:
        return refused(where, f"not a sound signature: {error}")


async def _validate(
    data: bytes, signed_data: cms.SignedData, anchors: TrustAnchors | None, moment: dt.datetime
) -> StandardCMSSignatureStatus:
    context = validation_context(anchors, moment)
    return await async_validate_detached_cms(
        data, signed_data, signer_validation_context=context, key_usage_settings=SIGNER_USAGE
    )
