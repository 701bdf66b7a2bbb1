"""Time limits (期限): counting hours, days and months as the procedure law does, and the five colours."""

from dossier.deadlines.calendar import Calendar, built_in_calendar, read_calendar
from dossier.deadlines.count import due_after, level_of
from dossier.deadlines.types import Level

__all__ = ["Calendar", "Level", "built_in_calendar", "due_after", "level_of", "read_calendar"]
