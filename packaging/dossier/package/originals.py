"""Electronic originals (电子原件) on their way into a package: copied byte for byte, their signatures looked at."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path

from dossier.model import ElectronicPage
from dossier.ofd.signatures import OfdSignature, look_at_ofd
from dossier.package.digest import digest_file
from dossier.package.errors import OriginalChanged
from dossier.package.index import PackedOriginal
from signing.types import SignatureReport
from signing.validate import validate_pdf


def pack_original(page: ElectronicPage, target: Path, path: str, *, now: dt.datetime) -> PackedOriginal:
    """Copy the file that `page` is of to `target`, which is `path` in the package.

    Raises `OriginalChanged` when it is no longer what came in, `OfdError`, `OSError`.
    """
    shutil.copyfile(page.file, target)
    digests = digest_file(target)
    if digests.sha256 != page.sha256:
        raise OriginalChanged(name=page.name)
    if page.form == "ofd":
        signatures = look_at_ofd(target).signatures
        return PackedOriginal(path, page.name, digests, page.pages, len(signatures), 0, _found_in_ofd(signatures))
    reports = validate_pdf(target, None, now=now)
    return PackedOriginal(path, page.name, digests, page.pages, len(reports), sum(map(holds, reports)), _found(reports))


def holds(report: SignatureReport) -> bool:
    """Whether a signature stands for what it was made over, whoever made it."""
    return report.intact


def _found(reports: Sequence[SignatureReport]) -> str:
    if not reports:
        return "无"
    signers = "、".join(dict.fromkeys(report.signer or "-" for report in reports))
    return f"{len(reports)} 处，其中 {sum(map(holds, reports))} 处内容完整（签名人：{signers}；证书由接收方核验）"


def _found_in_ofd(signatures: Sequence[OfdSignature]) -> str:
    """The value of an OFD's signature is judged by nobody here: it never counts as one that holds."""
    if not signatures:
        return "无"
    same = sum(each.intact is True for each in signatures)
    changed = sum(each.intact is False for each in signatures)
    by = "、".join(dict.fromkeys(each.provider or "-" for each in signatures))
    return (
        f"{len(signatures)} 处（{by}），其中 {same} 处所列文件摘要相符、{changed} 处不符、"
        f"{len(signatures) - same - changed} 处摘要未核算；签名值和证书均未验证"
    )
