"""What can go wrong while a volume is written."""

from __future__ import annotations

from dossier.errors import DossierError


class VolumeError(DossierError):
    """A volume could not be written. Nothing stands under its name then."""

    key = "dossier.volume"


class PictureUnusable(VolumeError):
    """The evidence picture of a face is not a whole JPEG that a PDF may carry."""

    key = "dossier.volume.picture"
    text = "The picture of face {face} cannot go into the volume: {detail}."
    remedy = "Process face {face} again; its original is kept."


class PictureDiffers(VolumeError):
    """The evidence picture has another size than the record of its face says."""

    key = "dossier.volume.picture-differs"
    text = "The picture of face {face} has {found} pixels, its record says {expected}."
    remedy = "Process face {face} again; its original is kept."


class FontMissing(VolumeError):
    """A font that covers and stamps are made with is not on this machine."""

    key = "dossier.volume.font"
    text = "The font {font} is missing."
    remedy = "Install the Debian package fonts-noto-cjk."


class SheetFailed(VolumeError):
    """The typesetter refused a cover, a catalogue or a remarks sheet."""

    key = "dossier.volume.sheet"
    text = "The sheet {sheet} could not be set: {detail}."
    remedy = "Look for strange characters in the case's name, persons and document titles."


class TooManyRareCharacters(VolumeError):
    """More different characters beyond the basic plane than the text layer has codes for."""

    key = "dossier.volume.rare-characters"
    text = "The recognised text holds more than {limit} different rare characters."
    remedy = "Read the pages again: no genuine volume holds that many."
