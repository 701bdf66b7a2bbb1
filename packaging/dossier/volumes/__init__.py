"""The volume PDF (卷): PDF/A-2b pictures with an invisible text layer, frame sheets, page numbers, bookmarks."""

from dossier.volumes.ofd import write_loose_ofd, write_volume_ofd
from dossier.volumes.text import expected_text
from dossier.volumes.types import BuiltVolume, Making, NumberStamp
from dossier.volumes.write import write_loose, write_volume

__all__ = [
    "BuiltVolume",
    "Making",
    "NumberStamp",
    "expected_text",
    "write_loose",
    "write_loose_ofd",
    "write_volume",
    "write_volume_ofd",
]
