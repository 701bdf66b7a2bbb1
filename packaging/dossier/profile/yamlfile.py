"""YAML with line numbers: bounded, without aliases, without doubled keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from dossier.profile.errors import ProfileInvalid

LIMIT_BYTES = 2_000_000
LIMIT_DEPTH = 20
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Spot:
    """Where something is written. Lines count from 1."""

    file: str
    line: int


@dataclass(frozen=True)
class Sheet:
    """The data of a YAML file, and where each of its places is written."""

    data: Any
    spots: Mapping[Place, Spot]

    def spot(self, place: Place) -> Spot:
        """Where a place is written, or the nearest one around it: a missing key has no line of its own."""
        return next(self.spots[place[:size]] for size in range(len(place), -1, -1) if place[:size] in self.spots)


def parse(name: str, content: bytes) -> Sheet:
    """Read one YAML file.

    Raises `ProfileInvalid` with file and line: too large, not UTF-8, not YAML, an alias, a key given twice.
    """
    if len(content) > LIMIT_BYTES:
        raise ProfileInvalid(file=name, line=1, detail=f"larger than {LIMIT_BYTES} bytes")
    try:
        text = content.decode("utf-8")
        _bound(name, text)
        loader = yaml.CSafeLoader(text)
        node = loader.get_single_node()
        if node is None:
            raise ProfileInvalid(file=name, line=1, detail="empty")
        spots: dict[Place, Spot] = {}
        _index(name, node, (), spots)
        return Sheet(loader.construct_document(node), spots)
    except UnicodeDecodeError as cause:
        raise ProfileInvalid(file=name, line=content.count(b"\n", 0, cause.start) + 1, detail="not UTF-8") from cause
    except yaml.YAMLError as cause:
        mark = getattr(cause, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        raise ProfileInvalid(file=name, line=line, detail=getattr(cause, "problem", None) or "not YAML") from cause


def _bound(name: str, text: str) -> None:
    """Refuse what would blow up later: aliases multiply, nesting fills the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        if isinstance(event, yaml.AliasEvent):
            raise ProfileInvalid(file=name, line=line, detail="an alias; write the words out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > LIMIT_DEPTH:
            raise ProfileInvalid(file=name, line=line, detail=f"nested deeper than {LIMIT_DEPTH}")


def _index(name: str, node: yaml.Node, path: Place, spots: dict[Place, Spot]) -> None:
    spots[path] = Spot(name, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            place = (*path, str(key.value))
            if place in spots:
                raise ProfileInvalid(file=name, line=key.start_mark.line + 1, detail=f"{key.value} is given twice")
            _index(name, value, place, spots)
            spots[place] = Spot(name, key.start_mark.line + 1)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _index(name, item, (*path, number), spots)
