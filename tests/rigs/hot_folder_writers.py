"""Writers of a hot folder, each in a process of its own: in pieces, with pauses, under other names first."""

from __future__ import annotations

import io
import random
import time
from pathlib import Path

import numpy as np
from PIL import Image


def picture(seed: int, kind: str = "JPEG", size: int = 40) -> bytes:
    noise = np.random.default_rng(seed).integers(0, 256, (size, size), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, kind)
    return out.getvalue()


def drop_files(inbox: str, writer: int, count: int) -> None:
    """What writers do: in pieces with pauses, or under another name first."""
    dice = random.Random(writer)
    for number in range(count):
        content = picture(writer * count + number, dice.choice(["JPEG", "PNG", "PDF"]))
        final = Path(inbox) / f"w{writer}-{number}.{dice.choice(['jpg', 'dat'])}"
        draft = final.with_name(final.name + ".tmp") if dice.random() < 0.4 else final
        with draft.open("wb", buffering=0) as stream:
            cut = dice.randrange(len(content))
            stream.write(content[:cut])
            time.sleep(dice.choice([0, 0, 0.002, 0.05]))
            stream.write(content[cut:])
        draft.rename(final)
