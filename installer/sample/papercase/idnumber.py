"""Citizen identity numbers (公民身份号码) of nobody: a region code assigned to no place, a valid check digit."""

import datetime as dt

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
REGION = "990126"


def check_character(first17: str) -> str:
    """The last character by GB 11643-1999 (ISO 7064, MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first17, strict=True))
    return CHECK_CHARACTERS[total % 11]


def id_number(born: dt.date, sequence: int) -> str:
    """18 characters; `sequence` (0 to 999) is odd for men."""
    first17 = f"{REGION}{born:%Y%m%d}{sequence:03d}"
    return first17 + check_character(first17)
