"""A profile that extends another: what the region writes is laid over what the base says.

- A key that both have: mappings are laid over one another key by key; any other value is replaced.
- A list whose entries all have an `id`, or all a `code`: an entry the base knows is laid over it and keeps its place, a
  new one is put behind. Any other list is replaced as a whole.
- A file the region does not have is the base's. Nothing can be taken out of the base, only put differently.
"""

from __future__ import annotations

from typing import Any

from dossier.profile.errors import ProfileInvalid
from dossier.profile.yamlfile import Place, Sheet, Spot

IDENTITIES = ("id", "code")


def laid_over(base: Sheet, own: Sheet) -> Sheet:
    """The resolved data; each place is said to be written where its value comes from.

    Raises `ProfileInvalid` when the region gives an entry twice.
    """
    spots: dict[Place, Spot] = {(): own.spots[()]}
    return Sheet(_value(base, (), own, (), spots, ()), spots)


def _value(base: Sheet, base_at: Place, own: Sheet, own_at: Place, spots: dict[Place, Spot], to: Place) -> Any:
    below, above = _at(base, base_at), _at(own, own_at)
    spots[to] = own.spot(own_at)
    if isinstance(below, dict) and isinstance(above, dict):
        result: dict[str, Any] = {}
        for key in [*below, *(key for key in above if key not in below)]:
            if key in below and key in above:
                result[key] = _value(base, (*base_at, key), own, (*own_at, key), spots, (*to, key))
            else:
                sheet, at = (own, own_at) if key in above else (base, base_at)
                result[key] = _taken(sheet, (*at, key), spots, (*to, key))
        return result
    identity = _identity(below, above)
    if identity is None:
        return _taken(own, own_at, spots, to)
    known: dict[str, int] = {}
    for number, entry in enumerate(above):
        if known.setdefault(entry[identity], number) != number:
            spot = own.spot((*own_at, number))
            raise ProfileInvalid(file=spot.file, line=spot.line, detail=f"{entry[identity]} is given twice")
    entries: list[Any] = []
    for number, entry in enumerate(below):
        place, mine = (*base_at, number), known.pop(entry[identity], None)
        if mine is None:
            entries.append(_taken(base, place, spots, (*to, number)))
        else:
            entries.append(_value(base, place, own, (*own_at, mine), spots, (*to, number)))
    for number in known.values():
        entries.append(_taken(own, (*own_at, number), spots, (*to, len(entries))))
    return entries


def _identity(below: Any, above: Any) -> str | None:
    if not (isinstance(below, list) and isinstance(above, list) and below and above):
        return None
    for name in IDENTITIES:
        if all(isinstance(entry, dict) and isinstance(entry.get(name), str) for entry in (*below, *above)):
            return name
    return None


def _taken(sheet: Sheet, at: Place, spots: dict[Place, Spot], to: Place) -> Any:
    """A part of one file as it is, and where its places are written."""
    value = _at(sheet, at)
    spots[to] = sheet.spot(at)
    if isinstance(value, dict):
        for key in value:
            _taken(sheet, (*at, key), spots, (*to, key))
    elif isinstance(value, list):
        for number in range(len(value)):
            _taken(sheet, (*at, number), spots, (*to, number))
    return value


def _at(sheet: Sheet, place: Place) -> Any:
    value = sheet.data
    for step in place:
        value = value[step]
    return value
