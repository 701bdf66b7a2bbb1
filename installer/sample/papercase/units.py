"""Millimetres to pixels. Everything is laid out in mm from the top left of an A4 sheet and drawn at 300 dpi."""

DPI = 300
PX_PER_MM = DPI / 25.4
PX_PER_PT = DPI / 72
WIDTH_MM, HEIGHT_MM = 210.0, 297.0
WIDTH_PX, HEIGHT_PX = 2480, 3508

Box = tuple[int, int, int, int]  # x, y, width, height in pixels


def px(mm: float) -> int:
    return round(mm * PX_PER_MM)


def box_px(x: float, y: float, width: float, height: float) -> Box:
    """A box in mm as a box in pixels."""
    return px(x), px(y), px(width), px(height)
