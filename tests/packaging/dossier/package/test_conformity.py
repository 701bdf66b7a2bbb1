"""The statement of conformity: it names as run the checks that there are, no more and no fewer."""

from __future__ import annotations

import re
from pathlib import Path

import dossier
from dossier.package.conformity import RUN
from dossier.profile import load_profile

SOURCE = Path(dossier.__file__).parent


def test_it_claims_to_run_what_is_in_the_code_and_all_of_that() -> None:
    text = "".join(
        path.read_text("utf-8") for folder in ("checks", "verify") for path in (SOURCE / folder).rglob("*.py")
    )
    assert set(re.findall(r'"([ACUS]-\d\d)"', text)) == RUN
    assert {check.id for check in load_profile().checks} >= RUN
