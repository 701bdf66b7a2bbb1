"""Sealing a case of imported files, with findings answered for by name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_case import draw_account

from app.station.checking import check, explain, handle
from app.station.correcting import tell
from app.station.errors import FindingUnknown, NoPages, PagesPending, SealingStopped, SubmissionUnknown
from app.station.filing import build_dossier
from app.station.importing import import_files
from app.station.interventions import RECORD_CHECK, record_intervention
from app.station.keys import open_signer
from app.station.processing import process
from app.station.retention_errors import PicturesMissing
from app.station.safety_errors import PackageInfected
from app.station.sealing import seal
from app.station.station import Station
from app.station.submissions import open_submission
from app.station.trust import anchors_for
from dossier.checks.errors import FindingNotWaivable
from dossier.corrections import Facts
from dossier.package.errors import DossierNotReady
from dossier.progress import OnProgress
from dossier.verify import verify_package
from ocr.pool import open_pool
from tests.app.station.malware_scanner import scanner_for
from transfer.types import SendState


@pytest.fixture
def account(tmp_path: Path) -> Path:
    """到案经过 on one sheet."""
    return draw_account(tmp_path / "1.png")


def test_a_training_key_makes_a_training_dossier_and_every_block_needs_an_answer(
    station: Station, case: str, account: Path, tmp_path: Path
) -> None:
    with pytest.raises(NoPages):
        build_dossier(station, case, "base")
    import_files(station, case, [account])
    with pytest.raises(PagesPending):
        build_dossier(station, case, "base")
    with open_pool(1) as pool:
        assert process(station, case, pool) == 1
    with pytest.raises(SubmissionUnknown, match="prosecute"):
        build_dossier(station, case, "no-such")

    checked = check(station, case, "base")
    assert checked.open
    assert not checked.dossier.training  # a file, not a simulator
    with open_signer(station) as signer:
        with pytest.raises(DossierNotReady):
            seal(station, case, "base", signer)
        assert station.store.outbox.all() == []
        with pytest.raises(FindingUnknown):
            explain(station, case, "base", "C-99:000001", "无")
        with pytest.raises(FindingNotWaivable):
            explain(station, case, "base", "C-13:case", "无")
        record_intervention(station, case, "")
        for finding in {handle(item) for item in checked.open if item.id != RECORD_CHECK}:
            explain(station, case, "base", finding, "测试:材料后补")
        assert check(station, case, "base").open == ()
        told: list[tuple[int, int]] = []
        with pytest.raises(SealingStopped):
            seal(station, case, "base", signer, on_progress=note(told), cancelled=lambda: len(told) == 2)
        assert (len(told), station.store.outbox.all()) == (2, []), "it ends where it is, and makes nothing"
        assert list(station.home.packages(case).iterdir()) == []
        told.clear()
        package = seal(station, case, "base", signer, on_progress=note(told))
        assert told == sorted(told)
        assert told[-1] == (told[-1][1], told[-1][1]), "it ends at the end"

    assert package.training
    (outgoing,) = station.store.outbox.all()
    assert (outgoing.state, outgoing.package) == (SendState.QUEUED, package)
    report = verify_package(package.file, anchors_for(station.home.path), now=station.clock.now())
    assert (report.ok, report.training, report.case_no) == (True, True, case)
    leftovers = [path.name for path in package.file.parent.iterdir()]
    assert leftovers == [package.file.name]

    open_submission(station, case, "base", "退回:题名不符")
    with open_signer(station) as signer:
        again = seal(station, case, "base", signer)
        assert built_and_kept(station, case) == ([], [1])
        open_submission(station, case, "base", "退回:题名不符")
        tell(station, case, 1, Facts(title="抓获经过"), "照原件")
        seal(station, case, "base", signer)
        assert built_and_kept(station, case) == ([1], [])
    assert verify_package(again.file, anchors_for(station.home.path), now=station.clock.now()).ok

    shutil.rmtree(station.home.derived(case))  # as its owner may, or the retention rule
    open_submission(station, case, "base", "退回:题名不符")
    with open_signer(station) as signer, pytest.raises(PicturesMissing):
        seal(station, case, "base", signer)
    with open_pool(1) as pool:
        assert process(station, case, pool) == 1
    packages = sorted(package.file.parent.iterdir())
    with open_signer(station) as signer:
        with pytest.raises(PackageInfected, match="Juanzong"):
            seal(station, case, "base", signer, scanner_for(b"BagIt-Version: 1.0", tmp_path))
        assert sorted(package.file.parent.iterdir()) == packages
        seal(station, case, "base", signer)


def note(told: list[tuple[int, int]]) -> OnProgress:
    return lambda done, of: told.append((done, of))


def built_and_kept(station: Station, case: str) -> tuple[object, object]:
    """The volumes that the newest sealing built, and those it took over."""
    sealed = next(step for step in station.store.audit.newest_first(case) if step.event == "dossier.sealed")
    return sealed.detail["volumes_built"], sealed.detail["volumes_kept"]
