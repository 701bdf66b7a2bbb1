"""The acceptance check on a real sealed package."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from app.platform.judge import OTHER_ID, judge_by
from dossier.profile import Profile
from dossier.profile.model import OTHER_REASON
from dossier.seal import SealedPackage
from signing.training import ensure_training_pki
from signing.types import TrustAnchors
from tests.packaging.dossier.checks.casefile import CASE_NO
from tests.packaging.dossier.verify.conftest import NOW, Sealing, anchors, making, pki, profile, sealing, signer

# The standard's reasons for sending back (退回原因)
RETURN_REASONS = {
    "缺页",
    "模糊",
    "目录不符",
    "页码不符",
    "文书缺失",
    "签名捺印缺失",
    "签章无效",
    "格式不符",
    "案件不符",
    "涉密不符",
    "其他",
}

__all__ = ["anchors", "making", "pki", "profile", "sealing", "signer"]  # fixtures


@pytest.fixture
def sealed(sealing: Sealing) -> SealedPackage:
    return sealing.package


def test_a_sound_package_is_accepted(sealed: SealedPackage, anchors: TrustAnchors):
    judgement = judge_by(anchors)(sealed.path, sealed.id)
    assert (judgement.ok, judgement.reason_code, judgement.reasons) == (True, None, ())
    assert judgement.case == CASE_NO


def test_a_sound_package_under_another_name_is_sent_back(sealed: SealedPackage, anchors: TrustAnchors):
    judgement = judge_by(anchors)(sealed.path, "0" * 32)
    assert (judgement.ok, judgement.reason_code, judgement.reasons) == (False, "格式不符", (OTHER_ID,))


def test_a_damaged_package_is_sent_back_with_reasons_in_chinese(
    sealed: SealedPackage, anchors: TrustAnchors, tmp_path: Path
):
    damaged = Path(shutil.copy(sealed.path, tmp_path))
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    judgement = judge_by(anchors)(damaged, sealed.id)
    assert not judgement.ok
    assert judgement.reason_code in RETURN_REASONS
    assert any("\u4e00" <= character <= "\u9fff" for character in judgement.reasons[0])


def test_a_package_signed_by_nobody_known_is_sent_back(sealed: SealedPackage, tmp_path: Path):
    stranger = ensure_training_pki(tmp_path, now=NOW - dt.timedelta(days=1))
    judgement = judge_by(TrustAnchors((stranger.root,)))(sealed.path, sealed.id)
    assert (judgement.ok, judgement.reason_code) == (False, "签章无效")


def test_the_reasons_are_the_standards(profile: Profile):
    assert {*profile.rules.return_reasons, OTHER_REASON} == RETURN_REASONS
    assert {check for checks in profile.rules.return_reasons.values() for check in checks} <= {
        check.id for check in profile.checks
    }
