"""What an OFD consists of: pages, templates, resources (GB/T 33190-2016, 7)."""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dossier.ofd.archive import ROOT, OfdParts, located
from dossier.ofd.errors import OfdBroken, OfdTooLarge
from dossier.ofd.paths import figures

MAX_PAGES = 3000
MAX_SIDE_MM = 1200.0  # A0
_A4 = (0.0, 0.0, 210.0, 297.0)

Box = tuple[float, float, float, float]  # left, top, width, height in mm


@dataclass(frozen=True)
class Resource:
    """One entry of a resource part. `folder`: the name its file locations start from."""

    element: ET.Element
    folder: str

    def file(self, location: str) -> str:
        """The name of the part that a location in the entry means. Raises `OfdUnsafe`."""
        return located(f"{self.folder}/.", location)


Resources = Mapping[str, Resource]  # by identifier


@dataclass(frozen=True)
class OfdPage:
    """One page. `contents`: its own and its templates' part, those below first. `annotations`: drawn above all."""

    box: Box
    contents: tuple[ET.Element, ...]
    annotations: tuple[ET.Element, ...]
    resources: Resources


class OfdDocument:
    """The first document of an OFD; `others` says how many more there are."""

    def __init__(self, parts: OfdParts) -> None:
        """Raises `OfdBroken`, `OfdTooLarge`, `OfdUnsafe`."""
        self.parts = parts
        bodies = parts.xml(ROOT).findall("DocBody")
        if not bodies:
            raise OfdBroken(detail="it holds no document")
        self.others = len(bodies) - 1
        self.signatures = _location(ROOT, bodies[0].findtext("Signatures"))
        root = bodies[0].findtext("DocRoot")
        if not root:
            raise OfdBroken(detail="it does not say where its document is")
        self.part = located(ROOT, root)
        self.element = parts.xml(self.part)
        self._listed = self.element.findall("Pages/Page")
        if len(self._listed) > MAX_PAGES:
            raise OfdTooLarge(what=f"{len(self._listed)} pages", limit=MAX_PAGES)
        if not self._listed:
            raise OfdBroken(detail="it has no page")

    @property
    def page_count(self) -> int:
        return len(self._listed)

    def pages(self) -> Iterator[OfdPage]:
        """Raises `OfdBroken`, `OfdTooLarge`, `OfdUnsafe`."""
        common = self.element.find("CommonData")
        common = ET.Element("CommonData") if common is None else common
        shared = self._resources(self.part, [*common.findall("PublicRes"), *common.findall("DocumentRes")])
        templates = {each.get("ID", ""): each for each in common.findall("TemplatePage")}
        annotations = self._annotations()
        for listed in self._listed:
            part = located(self.part, listed.get("BaseLoc", ""))
            page = self.parts.xml(part)
            below: list[ET.Element] = []
            above: list[ET.Element] = []
            resources = {**shared, **self._resources(part, page.findall("PageRes"))}
            for used in page.findall("Template"):
                told = templates.get(used.get("TemplateID", ""))
                if told is None:
                    raise OfdBroken(detail=f"template {used.get('TemplateID')} is missing")
                template = located(self.part, told.get("BaseLoc", ""))
                drawn = self.parts.xml(template)
                resources = {**self._resources(template, drawn.findall("PageRes")), **resources}
                order = used.get("ZOrder") or told.get("ZOrder") or "Background"
                (above if order == "Foreground" else below).append(drawn)
            area = page.find("Area/PhysicalBox")
            area = common.find("PageArea/PhysicalBox") if area is None else area
            contents = (*below, page, *above)
            yield OfdPage(_box(area), contents, annotations.get(listed.get("ID", ""), ()), resources)

    def _resources(self, part: str, locations: list[ET.Element]) -> dict[str, Resource]:
        found: dict[str, Resource] = {}
        for location in locations:
            name = located(part, location.text or "")
            root = self.parts.xml(name)
            folder = posixpath.join(posixpath.dirname(name), root.get("BaseLoc", "").strip())
            for element in (entry for group in root for entry in group):
                found[element.get("ID", "")] = Resource(element, folder)
        return found

    def _annotations(self) -> dict[str, tuple[ET.Element, ...]]:
        """What stands on each page beside its content: stamps, water marks, notes."""
        listing = _location(self.part, self.element.findtext("Annotations"))
        if listing is None:
            return {}
        found: dict[str, tuple[ET.Element, ...]] = {}
        for each in self.parts.xml(listing).iter("Page"):
            name = _location(listing, each.findtext("FileLoc"))
            if name is not None:
                drawn = [note for note in self.parts.xml(name).iter("Annot") if note.get("Visible") != "false"]
                found[each.get("PageID", "")] = tuple(drawn)
        return found


def _location(base: str, location: str | None) -> str | None:
    return located(base, location) if location and location.strip() else None


def _box(element: ET.Element | None) -> Box:
    if element is None:
        return _A4
    left, top, width, height = figures((element.text or "").split(), 4)
    if not (0 < width <= MAX_SIDE_MM and 0 < height <= MAX_SIDE_MM):
        raise OfdTooLarge(what=f"a page of {width:g} x {height:g} mm", limit=f"{MAX_SIDE_MM:.0f} mm")
    return left, top, width, height
