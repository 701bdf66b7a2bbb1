"""What a volume says about itself: the document information and the same as XMP (ISO 19005-2, 6.6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from xml.sax.saxutils import escape

from dossier.model import Document, Dossier, Volume
from dossier.volumes.pdf import PdfWriter, dictionary, text_string
from dossier.volumes.text import layer_text
from dossier.volumes.types import Making

PRODUCER = "juanzong"

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:identifier>{identifier}</dc:identifier>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True)
class Metadata:
    """`description` carries the profile's label and, of a training dossier, that it is one."""

    title: str
    identifier: str  # case number and volume
    description: str
    creator: str  # the station
    made_at: dt.datetime  # aware


def volume_metadata(volume: Volume, dossier: Dossier, made: Making) -> Metadata:
    """What a volume says of itself."""
    return _metadata(f"{dossier.case.name} {volume.title}", f"{dossier.case.case_no}-{volume.sequence}", dossier, made)


def loose_metadata(document: Document, dossier: Dossier, made: Making) -> Metadata:
    """What a loose document says of itself."""
    return _metadata(f"{dossier.case.name} {document.title}", f"{dossier.case.case_no}-{document.id}", dossier, made)


def _metadata(title: str, identifier: str, dossier: Dossier, made: Making) -> Metadata:
    said = [dossier.submission_title, f"依据标准：{made.profile_label}"]
    if dossier.training:
        said.append("演示/训练卷宗，不得作为证据使用")
    return Metadata(layer_text(title), layer_text(identifier), layer_text("；".join(said)), made.station, made.now)


def put_xmp(pdf: PdfWriter, metadata: Metadata) -> int:
    """Write the XMP packet, plain so that archive tools find it; return its number."""
    packet = _PACKET.format(
        identifier=escape(metadata.identifier),
        title=escape(metadata.title),
        description=escape(metadata.description),
        creator=escape(metadata.creator),
        producer=PRODUCER,
        date=metadata.made_at.isoformat(timespec="seconds"),
    )
    return pdf.put_stream({"Type": b"/Metadata", "Subtype": b"/XML"}, packet.encode(), compress=False)


def put_info(pdf: PdfWriter, metadata: Metadata) -> int:
    """Write the document information dictionary; return its number."""
    zone = metadata.made_at.strftime("%z")
    date = f"D:{metadata.made_at:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'".encode()
    entries = {
        "Title": text_string(metadata.title),
        "Subject": text_string(metadata.description),
        "Creator": text_string(metadata.creator),
        "Producer": text_string(PRODUCER),
        "CreationDate": b"(" + date + b")",
        "ModDate": b"(" + date + b")",
    }
    return pdf.put(dictionary(entries))
