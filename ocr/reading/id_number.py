"""Citizen identity numbers (公民身份号码, GB 11643-1999): 6 region, 8 birth date, 3 serial (odd: male), 1 check."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # ISO 7064 MOD 11-2 over 17 digits
CHECK_DIGITS = "10X98765432"
SHAPE = re.compile(r"[0-9]{17}[0-9X]")


def check_digit_ok(number: str) -> bool:
    """Whether 18 characters have the shape of an identity number and the right check digit."""
    if not SHAPE.fullmatch(number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return CHECK_DIGITS[total % 11] == number[17]


def birth_date(number: str) -> dt.date | None:
    """Return the birth date in the number; None when the shape or the date is impossible."""
    if not SHAPE.fullmatch(number):
        return None
    try:
        return dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(number: str) -> Literal["男", "女"] | None:
    """Return the sex by the 17th digit; None when the shape is wrong."""
    if not SHAPE.fullmatch(number):
        return None
    return "男" if int(number[16]) % 2 else "女"
