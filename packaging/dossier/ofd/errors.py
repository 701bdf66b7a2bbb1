"""What can be wrong with an OFD that comes in."""

from __future__ import annotations

from dossier.errors import DossierError


class OfdError(DossierError):
    """An OFD cannot be taken. It lies where it lay. `file`: what its sender called it, for those who know."""

    key = "dossier.ofd"

    def __init__(self, *, file: str = "the file", **params: object) -> None:
        super().__init__(file=file, **params)


class OfdBroken(OfdError):
    """It is cut off, or a part is missing or not what it should be."""

    key = "dossier.ofd.broken"
    text = "{file} cannot be opened as an OFD: {detail}."
    remedy = "Get a whole copy of the file, or scan the paper."


class OfdTooLarge(OfdError):
    """It unpacks to more than anybody needs: a mistake, or made to fill the memory."""

    key = "dossier.ofd.too-large"
    text = "{file} goes beyond what is taken of an OFD: {what}, at most {limit}."
    remedy = "Ask its sender for the document in several files, or scan the paper."


class OfdUnsafe(OfdError):
    """It holds what no honest writer puts in: document types, names that lead out of it, references in a circle."""

    key = "dossier.ofd.unsafe"
    text = "{file} holds what does not belong in an OFD: {detail}."
    remedy = "Do not open it elsewhere. Ask its sender how it was made, or scan the paper."
