"""The training CA: made once, whole or not at all, and recognisable."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from signing.errors import TrainingKeysBroken
from signing.keys.certificates import issued
from signing.keys.pkcs12 import open_pkcs12
from signing.training import TrainingPki, ensure_training_pki, is_training

if TYPE_CHECKING:
    from tests.signing.conftest import Authority


def test_second_call_gives_the_same_keys(pki: TrainingPki, now: dt.datetime) -> None:
    again = ensure_training_pki(pki.root_path.parent.parent, now=now + dt.timedelta(days=400))
    assert again == pki


def test_only_the_owner_may_read(pki: TrainingPki) -> None:
    folder = pki.root_path.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert modes == dict.fromkeys(["root.pem", "station.p12", "platform.p12", "passwords.json"], 0o600)


def test_passwords_are_random_and_stay_out_of_logs(pki: TrainingPki) -> None:
    assert pki.station_password != pki.platform_password
    assert len(pki.station_password) >= 32
    assert pki.station_password not in repr(pki)


def test_chain_usages_and_life(pki: TrainingPki, now: dt.datetime) -> None:
    for path, password in ((pki.station_p12, pki.station_password), (pki.platform_p12, pki.platform_password)):
        signer = open_pkcs12(path, password)
        (intermediate,) = signer.chain
        assert issued(intermediate, signer.certificate)
        assert issued(pki.root, intermediate)
        assert signer.certificate.not_valid_after_utc > now + dt.timedelta(days=3650)
        usage = signer.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        assert usage.digital_signature
        assert usage.content_commitment
        assert not usage.key_cert_sign
        constraints = [
            certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
            for certificate in (pki.root, intermediate, signer.certificate)
        ]
        assert [(one.ca, one.path_length) for one in constraints] == [(True, 1), (True, 0), (False, None)]


def test_says_that_it_is_for_training(pki: TrainingPki, authority: Authority) -> None:
    signer = open_pkcs12(pki.station_p12, pki.station_password)
    assert all(is_training(certificate) for certificate in (pki.root, *signer.chain, signer.certificate))
    key = ec.generate_private_key(ec.SECP256R1())
    assert not is_training(authority.issue("民警", key))


@pytest.mark.parametrize("name", ["root.pem", "station.p12", "platform.p12", "passwords.json"])
def test_a_missing_file_is_told_and_nothing_made_anew(
    pki: TrainingPki, now: dt.datetime, tmp_path: Path, name: str
) -> None:
    copy = tmp_path / "training"
    copy.mkdir()
    for file in pki.root_path.parent.iterdir():
        if file.name != name:
            (copy / file.name).write_bytes(file.read_bytes())
    before = sorted(copy.iterdir())
    with pytest.raises(TrainingKeysBroken):
        ensure_training_pki(tmp_path, now=now)
    assert sorted(copy.iterdir()) == before


def _ensure(folder: Path, now: dt.datetime, results: multiprocessing.Queue[bytes] | None = None) -> None:
    made = ensure_training_pki(folder, now=now)
    open_pkcs12(made.station_p12, made.station_password)
    if results is not None:
        results.put(made.root.serial_number.to_bytes(20, "big"))


def test_two_processes_at_once_agree(tmp_path: Path, now: dt.datetime) -> None:
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[bytes] = context.Queue()
    processes = [context.Process(target=_ensure, args=(tmp_path, now, results)) for _ in range(2)]
    for process in processes:
        process.start()
    serials = {results.get(timeout=120) for _ in processes}
    for process in processes:
        process.join()
    assert len(serials) == 1


def test_killed_while_making_leaves_none_or_all(tmp_path: Path, now: dt.datetime) -> None:
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_ensure, args=(tmp_path, now))
    process.start()
    while not (tmp_path / ".training.part" / "station.p12").exists():
        time.sleep(0.005)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    made = ensure_training_pki(tmp_path, now=now)
    assert open_pkcs12(made.platform_p12, made.platform_password).chain
    assert {entry.name for entry in tmp_path.iterdir()} == {"training", ".training.lock"}
