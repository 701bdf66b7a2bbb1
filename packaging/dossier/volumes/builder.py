"""One PDF/A-2b file under construction: pages go in one after the other, and only their numbers are kept."""

from __future__ import annotations

from collections.abc import Sequence

from dossier.model import Face
from dossier.volumes.colour import srgb_profile
from dossier.volumes.font import LayerFont
from dossier.volumes.imported import import_pages
from dossier.volumes.layer import text_layer
from dossier.volumes.metadata import Metadata, put_info, put_xmp
from dossier.volumes.navigation import Bookmark, put_outline
from dossier.volumes.overlays import Overlays, number_size
from dossier.volumes.pdf import Entries, PdfWriter, array, dictionary, number, ref
from dossier.volumes.picture import put_picture
from dossier.volumes.place import Sheet, number_place
from dossier.volumes.types import NumberStamp


class VolumeBuilder:
    """Adds pages to a writer. `training` puts the training mark on each of them; without a stamp no number is drawn."""

    def __init__(self, pdf: PdfWriter, stamp: NumberStamp | None, *, training: bool) -> None:
        self._pdf = pdf
        self._stamp = stamp
        self._training = training
        self._font = LayerFont(pdf)
        self._overlays = Overlays(pdf)
        self._tree = pdf.reserve()
        self._pages: list[int] = []

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def add_sheets(self, source: bytes) -> None:
        """Add the pages of a frame sheet."""
        for page in import_pages(self._pdf, source):
            # As a form of its own a sheet keeps its resource names apart from those of the training mark.
            entries = {
                "Type": b"/XObject",
                "Subtype": b"/Form",
                "BBox": array([b"0", b"0", number(page.width), number(page.height)]),
                "Resources": dictionary(page.resources),
            }
            form = self._pdf.put_stream(entries, page.content)
            self._add_page(page.width, page.height, b"/Sheet Do\n", self._drawings({"Sheet": ref(form)}))

    def add_face(self, face: Face, page_number: int | None) -> None:
        """Add the picture of a face, its text layer and its page number.

        Raises `PictureUnusable`, `PictureDiffers`, `TooManyRareCharacters`.
        """
        width, height = (pixels * 72 / face.dpi for pixels in (face.width_px, face.height_px))
        picture = put_picture(self._pdf, face)
        content = b"q %s 0 0 %s 0 0 cm /Face Do Q\n" % (number(width), number(height))
        content += text_layer(face.lines, face.dpi, height, self._font)
        if page_number is not None and self._stamp is not None:
            text = str(page_number)
            sheet = Sheet(face.picture, face.dpi, face.side, width, height)
            place = number_place(sheet, number_size(text, self._stamp), self._stamp)
            content += self._overlays.number(text, *place, self._stamp)
        if face.electronic is not None:
            content += self._overlays.copy(width)
        fonts = {"H": ref(self._font.horizontal), "V": ref(self._font.vertical)}
        resources = {"Font": dictionary(fonts), **self._drawings({"Face": ref(picture)})}
        self._add_page(width, height, content, resources)

    def finish(self, labels: bytes, marks: Sequence[Bookmark], metadata: Metadata) -> None:
        """Write all that belongs to the whole file, and its end."""
        kids = array([ref(page) for page in self._pages])
        self._pdf.put(dictionary({"Type": b"/Pages", "Count": b"%d" % len(self._pages), "Kids": kids}), at=self._tree)
        self._font.put()
        catalogue = {
            "Type": b"/Catalog",
            "Pages": ref(self._tree),
            "PageLabels": labels,
            "PageMode": b"/UseOutlines",
            "Outlines": ref(put_outline(self._pdf, marks, self._pages)),
            "OutputIntents": array([ref(_put_output_intent(self._pdf))]),
            "Metadata": ref(put_xmp(self._pdf, metadata)),
            "Lang": b"(zh-CN)",
            "ViewerPreferences": b"<</DisplayDocTitle true>>",
        }
        root = self._pdf.put(dictionary(catalogue))
        self._pdf.finish(root, put_info(self._pdf, metadata))

    def _drawings(self, x_objects: Entries) -> dict[str, bytes]:
        return {
            "XObject": dictionary({**self._overlays.x_objects, **x_objects}),
            "ExtGState": dictionary(self._overlays.states),
        }

    def _add_page(self, width: float, height: float, content: bytes, resources: Entries) -> None:
        if self._training:
            content += self._overlays.training(width, height)
        entries = {
            "Type": b"/Page",
            "Parent": ref(self._tree),
            "MediaBox": array([b"0", b"0", number(width), number(height)]),
            "Resources": dictionary(resources),
            "Contents": ref(self._pdf.put_stream({}, content)),
        }
        self._pages.append(self._pdf.put(dictionary(entries)))


def _put_output_intent(pdf: PdfWriter) -> int:
    profile = pdf.put_stream({"N": b"3"}, srgb_profile())
    entries = {
        "Type": b"/OutputIntent",
        "S": b"/GTS_PDFA1",
        "OutputConditionIdentifier": b"(sRGB)",
        "Info": b"(sRGB IEC61966-2.1)",
        "DestOutputProfile": ref(profile),
    }
    return pdf.put(dictionary(entries))
