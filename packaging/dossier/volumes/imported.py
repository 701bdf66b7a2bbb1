"""Pages of a frame sheet copied into the volume: contents and resources, no links, no structure."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TypeVar

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject, StreamObject

from dossier.volumes.pdf import Entries, PdfWriter, array, dictionary, ref

_Kind = TypeVar("_Kind", bound=PdfObject)
_STREAM_KEYS = {"/Length", "/Filter", "/DecodeParms"}


@dataclass(frozen=True)
class ImportedPage:
    """Width and height in points, the decoded content stream, the entries of the resource dictionary."""

    width: float
    height: float
    content: bytes
    resources: Entries


def import_pages(pdf: PdfWriter, source: bytes) -> list[ImportedPage]:
    """Write what the pages of `source` refer to and return the pages.

    Made for the typesetter's files, whose pages have one content stream each, not for foreign ones.
    """
    copier = _Copier(pdf)
    return [
        ImportedPage(
            float(page.mediabox.width),
            float(page.mediabox.height),
            _as(StreamObject, page["/Contents"]).get_data(),
            copier.entries(_as(DictionaryObject, page["/Resources"])),
        )
        for page in PdfReader(io.BytesIO(source)).pages
    ]


class _Copier:
    """Gives every object that is referred to its number in the new file, once."""

    def __init__(self, pdf: PdfWriter) -> None:
        self._pdf = pdf
        self._numbers: dict[int, int] = {}

    def entries(self, item: DictionaryObject) -> dict[str, bytes]:
        return {_name(key): self._value(item.raw_get(key)) for key in item if key not in _STREAM_KEYS}

    def _value(self, item: PdfObject) -> bytes:
        if isinstance(item, IndirectObject):
            return ref(self._number(item))
        if isinstance(item, DictionaryObject):
            return dictionary(self.entries(item))
        if isinstance(item, ArrayObject):
            return array([self._value(element) for element in item])
        return _serialised(item)

    def _number(self, item: IndirectObject) -> int:
        if item.idnum not in self._numbers:
            self._numbers[item.idnum] = number = self._pdf.reserve()
            target = _as(PdfObject, item)
            if isinstance(target, StreamObject):
                self._pdf.put_stream(self.entries(target), target.get_data(), at=number)
            else:
                self._pdf.put(self._value(target), at=number)
        return self._numbers[item.idnum]


def _as(kind: type[_Kind], item: PdfObject) -> _Kind:
    found = item.get_object()
    if not isinstance(found, kind):
        raise TypeError(f"{kind.__name__} expected, not {type(found).__name__}")
    return found


def _name(key: str) -> str:
    return _serialised(NameObject(key)).decode()[1:]


def _serialised(item: PdfObject) -> bytes:
    out = io.BytesIO()
    item.write_to_stream(out)
    return out.getvalue()
