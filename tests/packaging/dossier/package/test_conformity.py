"""The statement of conformity: what it says was run is run."""

from __future__ import annotations

import re
from pathlib import Path

import dossier
from dossier.package.conformity import RUN
from dossier.profile import load_profile

SOURCE = Path(dossier.__file__).parent


def test_what_it_claims_to_run_is_in_the_code() -> None:
    text = "".join(
        path.read_text("utf-8") for folder in ("checks", "verify") for path in (SOURCE / folder).rglob("*.py")
    )
    assert set(re.findall(r'"([ACUS]-\d\d)"', text)) >= RUN
    assert {check.id for check in load_profile().checks} >= RUN
