"""Faces in a test's own folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from dossier.model import Face
from dossier.volumes import Making
from tests.packaging.dossier.volumes import samples


@pytest.fixture
def face(tmp_path: Path) -> Callable[..., Face]:
    """Draws faces: `samples.make_face` in the test's folder."""
    return partial(samples.make_face, tmp_path)


@pytest.fixture
def making() -> Making:
    return samples.make_making()
