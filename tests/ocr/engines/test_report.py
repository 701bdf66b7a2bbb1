from __future__ import annotations

import json
from pathlib import Path

from ocr.engines.report import read_json
from ocr.engines.types import Char, Line, PageText, Quad

BOX: Quad = ((1.0, 2.0), (31.0, 2.0), (31.0, 22.0), (1.0, 22.0))


def test_the_json_has_the_keys_of_the_command_line() -> None:
    line = Line("张", 0.987654, BOX, (Char("张", 0.987654, BOX),))
    answer = read_json(Path("a/b.png"), PageText("engine", "1", {"model": "ab" * 32}, (line,)))
    piece = {"text": "张", "confidence": 0.9877, "box": [[1.0, 2.0], [31.0, 2.0], [31.0, 22.0], [1.0, 22.0]]}
    assert json.loads(json.dumps(answer)) == {
        "file": "a/b.png",
        "engine": "engine 1",
        "models": {"model": "ab" * 32},
        "lines": [{**piece, "chars": [piece]}],
    }
