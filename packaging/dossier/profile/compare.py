"""What two profiles say differently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dossier.profile.inherit import IDENTITIES
from dossier.profile.profile import Profile


@dataclass(frozen=True)
class Difference:
    """One place, such as `volumes.W.max_pages`. None: that profile has nothing there."""

    place: str
    first: str | None
    second: str | None


def differences(first: Profile, second: Profile) -> tuple[Difference, ...]:
    """Every place at which the two differ, once resolved; sorted by place."""
    one, other = dict(_places("", _data(first))), dict(_places("", _data(second)))
    return tuple(
        Difference(place, one.get(place), other.get(place))
        for place in sorted(one.keys() | other.keys())
        if one.get(place) != other.get(place)
    )


def _data(profile: Profile) -> dict[str, Any]:
    return {
        **profile.rules.model_dump(mode="json"),
        "kinds": [kind.model_dump(mode="json") for kind in profile.kinds],
        "words": profile.words.model_dump(mode="json"),
        **profile.limits.model_dump(mode="json"),
        **profile.acceptance.model_dump(mode="json"),
    }


def _places(at: str, value: Any) -> Iterator[tuple[str, str]]:
    """Each place with its value as JSON text. Entries with an id are named by it, so that their order does not matter;
    lists of other values are one place."""
    if isinstance(value, list) and (name := _identity(value)) is not None:
        value = {entry[name]: entry for entry in value}
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _places(f"{at}.{key}" if at else key, inner)
    else:
        yield at, json.dumps(value, ensure_ascii=False)


def _identity(entries: list[Any]) -> str | None:
    names = (name for name in IDENTITIES if all(isinstance(entry, dict) and name in entry for entry in entries))
    return next(names, None) if entries else None
