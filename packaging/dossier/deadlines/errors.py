"""What can be wrong with a table of holidays."""

from __future__ import annotations

from dossier.errors import DossierError


class HolidaysInvalid(DossierError):
    key = "deadlines.holidays-invalid"
    text = "The table of holidays {file} is not valid: {detail}."
    remedy = "Correct it by the table that comes with the station, or remove it. The case stays as it is."
