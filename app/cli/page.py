"""`juanzong page`: inspect, clean and read single pictures; needs no station."""

from __future__ import annotations

import json
from pathlib import Path

import click

from app.cli.main import SharedGroup
from app.cli.output import Output
from ocr.engines.models import ORIENTATION, locate
from ocr.engines.ppocr import PpOcr
from ocr.engines.report import read_json
from ocr.imaging.analyse import analyse
from ocr.imaging.load import dpi_of_a4, encode_jpeg, load_picture
from ocr.imaging.orientation import RapidOrienter
from ocr.imaging.recipe import propose
from ocr.imaging.render import render
from ocr.imaging.report import inspect_json
from ocr.imaging.types import Derivative

IMAGES = click.argument("images", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group(cls=SharedGroup)
def page() -> None:
    """Work on single page pictures."""


@page.command("inspect")
@IMAGES
def inspect(images: tuple[Path, ...]) -> None:
    """What is known about each picture, one JSON object a line."""
    orienter = RapidOrienter(locate(ORIENTATION))
    for image in images:
        loaded = load_picture(image)
        dpi = loaded.dpi or dpi_of_a4(*loaded.picture.shape[1::-1])
        click.echo(json.dumps(inspect_json(str(image), analyse(loaded.picture, dpi, orienter)), ensure_ascii=False))


@page.command("clean")
@click.argument("image", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--out", "target", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--derivative",
    type=click.Choice([d.value for d in Derivative]),
    default=Derivative.READING.value,
    show_default=True,
)
@click.pass_obj
def clean(out: Output, image: Path, target: Path, derivative: str) -> None:
    """Straighten and clean IMAGE into OUT (JPEG); the original stays as it is."""
    loaded = load_picture(image)
    dpi = loaded.dpi or dpi_of_a4(*loaded.picture.shape[1::-1])
    recipe = propose(analyse(loaded.picture, dpi, RapidOrienter(locate(ORIENTATION))))
    rendered = render(loaded.picture, dpi, recipe, Derivative(derivative))
    target.write_bytes(encode_jpeg(rendered.picture, quality=90, dpi=rendered.dpi))
    out.result({"file": str(image), "out": str(target), "ops": [[op.kind.value, *op.values] for op in recipe.ops]})
    out.line("page.cleaned", file=target)


@page.command("read")
@IMAGES
@click.option("--text", is_flag=True, help="Only the text, a line each.")
def read(images: tuple[Path, ...], text: bool) -> None:
    """Read each picture as it is given, one JSON object a line."""
    engine = PpOcr()
    for image in images:
        loaded = load_picture(image)
        found = engine.read(loaded.picture, loaded.dpi or dpi_of_a4(*loaded.picture.shape[1::-1]))
        if text:
            click.echo("\n".join(line.text for line in found.lines))
        else:
            click.echo(json.dumps(read_json(image, found), ensure_ascii=False))
