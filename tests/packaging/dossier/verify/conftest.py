"""One real sealed package for all tests, made with the training keys."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dossier.checks import Explanation, explain, run_checks
from dossier.model import Dossier
from dossier.profile import Profile, load_profile
from dossier.seal import SealedPackage, seal
from dossier.volumes import Making
from ocr.imaging.types import Verdict
from signing.chain import GENESIS, Record, link
from signing.keys.pkcs12 import Pkcs12Signer, open_pkcs12
from signing.training import TrainingPki, ensure_training_pki
from signing.trust import load_anchors
from signing.types import TrustAnchors
from tests.packaging.dossier.checks import casefile
from tests.packaging.dossier.checks.casefile import NOW


@dataclass(frozen=True)
class Sealing:
    """What a sealing took and gave."""

    dossier: Dossier
    explained: tuple[Explanation, ...]
    package: SealedPackage


def trail() -> bytes:
    """Three linked audit records as the store exports them."""
    lines, previous = [], GENESIS
    for number, event in enumerate(("case.opened", "page.scanned", "dossier.checked"), start=1):
        record = Record(number, NOW, number, "S1", "王五", event, casefile.CASE_NO, {"n": number}).canonical()
        previous = link(previous, record)
        lines.append(json.dumps({"link": previous.hex(), "record": record.decode()}, ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines).encode()


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile()


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TrainingPki:
    return ensure_training_pki(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture(scope="session")
def signer(pki: TrainingPki) -> Pkcs12Signer:
    return open_pkcs12(pki.station_p12, pki.station_password)


@pytest.fixture(scope="session")
def anchors(pki: TrainingPki) -> TrustAnchors:
    return load_anchors([pki.root_path])


@pytest.fixture(scope="session")
def making(profile: Profile) -> Making:
    return Making(
        now=NOW,
        maker="王五",
        checker="赵六",
        unit="云山市公安局演示分局",
        volumes_total=2,
        profile_label=profile.label,
        station="S1",
    )


@pytest.fixture(scope="session")
def sealing(
    tmp_path_factory: pytest.TempPathFactory, profile: Profile, signer: Pkcs12Signer, making: Making
) -> Sealing:
    """A dossier with one missing signature, explained, sealed."""
    folder = tmp_path_factory.mktemp("sealed")
    missing = casefile.zone("被取保候审人(签名、捺指印)", Verdict.BLANK, Verdict.FILLED)
    papers = casefile.changed_face(casefile.documents(folder), "QZ21", zones=(missing,))
    dossier = casefile.dossier(profile, papers)
    blocking = [each for each in run_checks(dossier, profile, now=NOW) if each.severity == "block"]
    explained = tuple(explain(each, by="王五", reason="拒绝签名,已注明", at=NOW) for each in blocking)
    package = seal(
        dossier, profile, signer=signer, audit=trail(), work=folder / "work", out=folder, making=making,
        explained=explained,
    )  # fmt: skip
    return Sealing(dossier, explained, package)


@pytest.fixture
def package(sealing: Sealing, tmp_path: Path) -> Path:
    """A copy of the package to spoil."""
    return Path(shutil.copy(sealing.package.path, tmp_path / "package.zip"))


@pytest.fixture
def unpacked(package: Path) -> Path:
    """The package unpacked by an ordinary program; the bag's folder."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(package.parent)
    (folder,) = (each for each in package.parent.iterdir() if each.is_dir())
    return folder


@pytest.fixture(scope="session")
def places(sealing: Sealing) -> Callable[[], dict[str, range]]:
    """Where in the container each file's content lies, and its headers ("header of ...", "directory")."""

    def find() -> dict[str, range]:
        found: dict[str, range] = {}
        with zipfile.ZipFile(sealing.package.path) as archive:
            for info in archive.infolist():
                name = info.filename.partition("/")[2]
                start = info.header_offset + 30 + len(info.filename.encode())
                found[f"header of {name}"] = range(info.header_offset, start)
                found[name] = range(start, start + info.file_size)
            found["directory"] = range(archive.start_dir, sealing.package.size)
        return found

    return find
