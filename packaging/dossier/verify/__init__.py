"""Is a package what was sealed? Needs the package and, to trust the signer, root certificates; nothing else."""

from dossier.verify.report import VerifyReport
from dossier.verify.verify import verify_package

__all__ = ["VerifyReport", "verify_package"]
