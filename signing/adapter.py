"""Our `Signer` as pyHanko wants one."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.sign.signers import Signer as PyhankoSigner
from pyhanko_certvalidator.registry import CertificateRegistry

from signing.errors import KeyRefused, SigningError
from signing.trust import as_asn1
from signing.types import Signer

DIGEST = "sha256"
_DER_ECDSA_P256 = 72


class AdaptedSigner(PyhankoSigner):
    """Lends a `Signer` to pyHanko. The root is left out: who verifies must have it from elsewhere."""

    def __init__(self, signer: Signer) -> None:
        store = CertificateRegistry.build([as_asn1(issuer) for issuer in signer.chain])
        super().__init__(embed_roots=False, signing_cert=as_asn1(signer.certificate), cert_registry=store)
        self._signer = signer

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != DIGEST:
            raise SigningError(detail=f"digest {digest_algorithm} asked of a key that signs {DIGEST}")
        if dry_run:
            public = self._signer.certificate.public_key()
            return bytes(public.key_size // 8 if isinstance(public, rsa.RSAPublicKey) else _DER_ECDSA_P256)
        signature = self._signer.sign(data)
        if not signature:
            raise KeyRefused(subject=self._signer.certificate.subject.rfc4514_string(), detail="empty signature")
        return signature
