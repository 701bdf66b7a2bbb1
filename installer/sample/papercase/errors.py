"""What can go wrong while the sample case is drawn."""


class SampleError(Exception):
    """Base of this package's errors."""


class FontMissing(SampleError):
    """A Debian font package is not installed."""

    def __init__(self, *, path: str, package: str) -> None:
        super().__init__(f"font {path} is missing; install it with: apt-get install {package}")


class GlyphMissing(SampleError):
    """A text holds a character that its typeface cannot draw."""

    def __init__(self, *, character: str, typeface: str) -> None:
        super().__init__(f"{typeface} has no glyph for U+{ord(character):04X} {character!r}; choose another character")


class TextTooLong(SampleError):
    """A text does not fit the place that the layout gives it."""

    def __init__(self, *, text: str, room: str) -> None:
        super().__init__(f"text does not fit into {room}: {text[:24]}...; shorten it or widen the place")
