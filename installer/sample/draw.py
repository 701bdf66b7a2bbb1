"""Draw the sample case: DIR/faces/001.png ... (A4, 300 dpi, 24 bit) and DIR/truth.json.

    python installer/sample/draw.py --out DIR [--faces 1,5,...]

A face that lies there already with the right hash is kept, so a second run does nothing.
"""

import argparse
import io
import json
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import cv2
from papercase.pile import case_truth, digest, documents_truth, face_truth, picture, planted_truth, slots
from papercase.randomness import SEED
from papercase.units import DPI
from PIL import Image

HERE = Path(__file__).resolve().parent
FORMAT = 1
WORKERS = 2


def tool_sha256() -> str:
    """Hash of the drawing sources: pictures of an older version are drawn again."""
    sources = [HERE / "draw.py", *sorted((HERE / "papercase").rglob("*.py"))]
    return digest(b"".join(digest(path.read_bytes()).encode() for path in sources))


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the place and rename, so that a file is there whole or not at all."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


def draw_faces(out: Path, ids: list[str]) -> list[dict[str, Any]]:
    """Draw some faces into `out`; returns their entries for truth.json."""
    cv2.setNumThreads(1)
    entries = []
    for slot in slots():
        if slot.id not in ids:
            continue
        buffer = io.BytesIO()
        Image.fromarray(picture(slot)).save(buffer, "PNG", compress_level=1, dpi=(DPI, DPI))
        write_whole(out / "faces" / f"{slot.id}.png", buffer.getvalue())
        entries.append(face_truth(slot, digest(buffer.getvalue())))
    return entries


def kept_faces(out: Path, tool: str) -> dict[str, dict[str, Any]]:
    """Faces of an earlier run of the same version that are still whole: their truth by id."""
    truth_path = out / "truth.json"
    if not truth_path.exists():
        return {}
    truth = json.loads(truth_path.read_text("utf-8"))
    if truth["tool_sha256"] != tool or truth["seed"] != SEED:
        return {}
    return {
        face["id"]: face
        for face in truth["faces"]
        if (out / face["file"]).exists() and digest((out / face["file"]).read_bytes()) == face["sha256"]
    }


def draw(out: Path, wanted: list[str]) -> bool:
    """Make `out` complete for the wanted faces; True when something had to be drawn."""
    tool = tool_sha256()
    faces = kept_faces(out, tool)
    missing = [face for face in wanted if face not in faces]
    if not missing:
        return False
    (out / "faces").mkdir(parents=True, exist_ok=True)
    shares = by_document(missing)
    # spawn: a fork would inherit half of OpenCV's threads
    with ProcessPoolExecutor(min(WORKERS, len(shares)), mp_context=multiprocessing.get_context("spawn")) as pool:
        for entries in pool.map(draw_faces, [out] * len(shares), shares):
            faces.update({entry["id"]: entry for entry in entries})
    truth = {
        "format": FORMAT,
        "seed": SEED,
        "tool_sha256": tool,
        "case": case_truth(),
        "documents": documents_truth(),
        "faces": [faces[face] for face in sorted(faces)],
        "planted": planted_truth(),
    }
    write_whole(out / "truth.json", json.dumps(truth, ensure_ascii=False, indent=1).encode("utf-8"))
    return True


def by_document(ids: list[str]) -> list[list[str]]:
    """Faces of one document together: a worker writes each document once."""
    groups: dict[int, list[str]] = {}
    for slot in slots():
        if slot.id in ids:
            groups.setdefault(slot.document, []).append(slot.id)
    return list(groups.values())


def face_ids(text: str) -> list[str]:
    """`1,5` as face ids; raises argparse.ArgumentTypeError for a number that is no face."""
    known = [slot.id for slot in slots()]
    try:
        ids = [f"{int(part):03d}" for part in text.split(",")]
    except ValueError as cause:
        raise argparse.ArgumentTypeError(f"{text!r} is not a list of face numbers such as 1,5") from cause
    strange = [face for face in ids if face not in known]
    if strange:
        raise argparse.ArgumentTypeError(f"no face {strange[0]}; there are 1 to {len(known)}")
    return ids


def main() -> int:
    parser = argparse.ArgumentParser(description="Draw the sample case and its truth.")
    parser.add_argument("--out", type=Path, required=True, help="folder for faces/ and truth.json")
    parser.add_argument("--faces", type=face_ids, default=None, help="only these faces, e.g. 1,5")
    options = parser.parse_args()
    wanted = options.faces or [slot.id for slot in slots()]
    drawn = draw(options.out.resolve(), wanted)
    print(f"{options.out}: {'drawn' if drawn else 'complete, nothing to do'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
