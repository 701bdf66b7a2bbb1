"""What may go over a connection that is paid for by volume (按流量计费). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transfer.errors import LineMetered, LineUnknown, MeteredAmountSpent, TransferError

MEGABYTE = 1_000_000


class Line(StrEnum):
    """What is known of the connection in use."""

    FREE = "free"
    METERED = "metered"
    UNKNOWN = "unknown"


class Allowed(StrEnum):
    ALL = "all"
    URGENT = "urgent"  # custody cases alone
    NEVER = "never"


@dataclass(frozen=True)
class MeteredRule:
    """`bytes_a_day`: of what may go at all; None for no limit."""

    allowed: Allowed = Allowed.ALL
    bytes_a_day: int | None = None

    def hold(self, line: Line, *, urgent: bool, used_today: int) -> TransferError | None:
        """Why a package has to wait, None when it may go. A line nobody knows counts as metered: waiting is free."""
        if line is Line.FREE:
            return None
        fault: TransferError | None = None
        if self.allowed is Allowed.NEVER or (self.allowed is Allowed.URGENT and not urgent):
            fault = LineMetered()
        elif self.bytes_a_day is not None and used_today >= self.bytes_a_day:
            fault = MeteredAmountSpent(mb=self.bytes_a_day // MEGABYTE)
        return LineUnknown() if fault is not None and line is Line.UNKNOWN else fault
