"""The XML schemas of what a package holds; each lies in the package, beside the file it is for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lxml import etree  # type: ignore[import-untyped]

INDEX, EEP = "index.xsd", "eep.xsd"
FOLDER = "schema/"


def schema_bytes(name: str) -> bytes:
    return files(__name__).joinpath(name).read_bytes()


def schema_fault(name: str, data: bytes) -> str | None:
    """The first thing in an XML file that its schema does not allow, with its line; None when it is valid.

    Neither entities nor the network are used; depth and sizes are bounded by the parser.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        document = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        return str(fault)
    schema = _schema(name)
    if schema.validate(document):
        return None
    first = schema.error_log[0]
    return f"line {first.line}: {first.message}"


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(schema_bytes(name)))
