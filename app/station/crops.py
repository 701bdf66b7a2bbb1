"""The parts of pages that findings rest on, cut out of the pages' pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dossier.checks.crops import cut_out
from dossier.model import Dossier, Place
from ocr.imaging.load import load_picture


def crops(dossier: Dossier, places: Iterable[Place]) -> dict[Place, bytes]:
    """A JPEG of each place; pages whose picture was removed are left out. Each page is decoded once.

    Raises `PictureBroken`.
    """
    faces = {face.id: face for document in dossier.documents for face in document.faces}
    wanted: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        wanted[place.face].append(place)
    cut: dict[Place, bytes] = {}
    for face_id, there in wanted.items():
        face = faces[face_id]
        if face.picture.is_file():
            picture = load_picture(face.picture).picture
            cut |= {place: cut_out(picture, place, face) for place in there}
    return cut
