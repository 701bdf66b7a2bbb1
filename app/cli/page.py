"""`juanzong page`: inspect, clean and read single pictures; needs no station."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from app.cli.files import save
from app.cli.main import SharedGroup
from app.cli.output import Output
from app.station.errors import FileUnreadable
from ocr.engines.models import ORIENTATION, locate
from ocr.engines.report import read_json
from ocr.imaging.analyse import analyse
from ocr.imaging.clarity import calibrate
from ocr.imaging.evidence import make_evidence
from ocr.imaging.load import Loaded, dpi_of_a4, encode_jpeg, load_picture
from ocr.imaging.marks import find_marks
from ocr.imaging.orientation import RapidOrienter
from ocr.imaging.perspective import sheet_view
from ocr.imaging.recipe import despeckling, propose
from ocr.imaging.render import render
from ocr.imaging.report import inspect_json
from ocr.imaging.types import Derivative, Mark, Recipe, Rendered
from ocr.pipeline import page_tools
from ocr.upright import read_upright

IMAGES = click.argument("images", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
CLEAN_QUALITY = 90


@dataclass(frozen=True)
class Look:
    """A picture, and what lies in it: the sheet made flat that a camera took, a scan as it is."""

    loaded: Loaded
    dpi: int
    view: Recipe
    sheet: Rendered


def load(image: Path) -> tuple[Loaded, int]:
    """A picture and its dots an inch, those of A4 where it tells none. Raises `OcrError`, `FileUnreadable`."""
    try:
        loaded = load_picture(image)
    except OSError as fault:
        raise FileUnreadable(file=image, detail=fault.strerror) from fault
    return loaded, loaded.dpi or dpi_of_a4(*loaded.picture.shape[1::-1])


def look_at(image: Path) -> Look:
    """Raises what `load` raises."""
    loaded, dpi = load(image)
    view = Recipe(sheet_view(loaded.picture, loaded.dpi))
    return Look(loaded, dpi, view, render(loaded.picture, dpi, view, Derivative.EVIDENCE))


@click.group(cls=SharedGroup)
def page() -> None:
    """Work on single page pictures."""


@page.command("inspect")
@IMAGES
def inspect(images: tuple[Path, ...]) -> None:
    """What is known about each picture, one JSON object a line.

    Of a camera's picture: of the sheet in it, made flat; "sheet" tells where it lies.
    """
    orienter = RapidOrienter(locate(ORIENTATION))
    for image in images:
        look = look_at(image)
        analysis = analyse(look.sheet.picture, look.sheet.dpi, orienter)
        click.echo(json.dumps(inspect_json(str(image), analysis, look.view), ensure_ascii=False))


@page.command("calibrate")
@IMAGES
@click.option("--scanner", required=True, help="As `juanzong devices` names it.")
@click.pass_obj
def calibrate_marks(out: Output, images: tuple[Path, ...], scanner: str) -> None:
    """Measure what a clear mark is on one scanner: pages it took on which all seals and fingerprints are clear.

    Prints a section for reading.toml in the data folder.
    """
    marks = list[Mark]()
    for image in images:
        loaded, dpi = load(image)
        marks += find_marks(loaded.picture, dpi)
    cuts = asdict(calibrate(marks))
    out.result({"scanner": scanner, "cuts": cuts})
    out.line("page.calibrated")
    out.text("\n".join([f"[marks.{json.dumps(scanner)}]", *(f"{name} = {cut:.3f}" for name, cut in cuts.items())]))


@page.command("clean")
@click.argument("image", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--out", "target", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--derivative",
    type=click.Choice([d.value for d in Derivative]),
    default=Derivative.READING.value,
    show_default=True,
)
@click.option("--despeckle", is_flag=True, help="Take specks out of the margins; not of the evidence.")
@click.pass_obj
def clean(out: Output, image: Path, target: Path, derivative: str, despeckle: bool) -> None:
    """Straighten and clean IMAGE into OUT (JPEG); the original stays as it is.

    The sheet in a camera's picture is cut out and made flat.

    The evidence of a JPEG that needs no more than a quarter turn keeps its coding: nothing is lost.
    """
    look = look_at(image)
    analysis = analyse(look.sheet.picture, look.sheet.dpi, RapidOrienter(locate(ORIENTATION)))
    recipe = Recipe((*look.view.ops, *propose(analysis).ops))
    if despeckle:
        recipe = Recipe((*recipe.ops, despeckling(analysis)))
    if derivative == Derivative.EVIDENCE:
        evidence = make_evidence(image, look.loaded, look.dpi, recipe, CLEAN_QUALITY)
        data, same_coding = evidence.data, evidence.same_coding
    else:
        rendered = render(look.loaded.picture, look.dpi, recipe, Derivative(derivative))
        data, same_coding = encode_jpeg(rendered.picture, CLEAN_QUALITY, dpi=rendered.dpi), False
    save(target, data, original=image)
    ops = [[op.kind.value, *op.values] for op in recipe.ops]
    out.result({"file": str(image), "out": str(target), "ops": ops, "same_coding": same_coding})
    out.line("page.cleaned", file=target)


@page.command("read")
@IMAGES
@click.option("--text", is_flag=True, help="Only the text, a line each.")
def read(images: tuple[Path, ...], text: bool) -> None:
    """Read each picture as a page of a case is read, one JSON object a line; boxes are in pixels of the file.

    Flat, upright and straight, without red over text. Names and numbers that the second engine disputes have a low
    confidence.
    """
    tools = page_tools()
    for image in images:
        look = look_at(image)
        found = read_upright(look.loaded.picture, look.dpi, look.view, look.sheet, tools)
        if text:
            click.echo("\n".join(line.text for line in found.lines))
        else:
            click.echo(json.dumps(read_json(image, found), ensure_ascii=False))
