"""The recogniser's network without its last operation, which costs more than it tells.

For each step along a line the published network makes shares of 18,710 characters that add up to one (softmax), though
half of the steps show nothing and of the others only the best character is asked for. Here it ends with the weighing
of the characters, weights and bias in one operation. The file's structure is edited in memory, after its SHA-256 was
checked. ONNX files are protocol buffers (onnx.proto; protobuf.dev/programming-guides/encoding).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocr.errors import ModelUnsuitable

GRAPH = 7  # of ModelProto; all these are numbers of fields
NODE, OUTPUT = 1, 12  # of GraphProto
NODE_INPUT, NODE_OUTPUT, NODE_KIND, NODE_ATTRIBUTE = 1, 2, 4, 5  # of NodeProto
NAME = 1  # of ValueInfoProto
VARINT, EIGHT_BYTES, BYTES, FOUR_BYTES = 0, 1, 2, 5  # wire types
LINES_TO_ROWS = b"\x0a\x04axis\x18\x02\xa0\x01\x02"  # AttributeProto: name "axis", i 2, type INT
STEPS, LOGITS = b"steps", b"logits"


@dataclass(frozen=True)
class Field:
    """A field of a message; `whole` is all of it as encoded, number and length included."""

    number: int
    value: bytes
    whole: bytes


@dataclass(frozen=True)
class Node:
    """One operation of the network."""

    kind: bytes
    inputs: tuple[bytes, ...]
    whole: bytes


def without_softmax(model: bytes) -> bytes:
    """A network ending in MatMul, Add and Softmax over (1, steps, classes) as one that gives (steps, classes) logits.

    Raises `ModelUnsuitable` for one that ends otherwise.
    """
    (graph,) = (field.value for field in _fields(model) if field.number == GRAPH)
    parts = list(_fields(graph))
    nodes = [_node(part) for part in parts if part.number == NODE]
    product, end = _end_of(nodes)
    gone = {node.whole for node in end}
    kept = [part.whole for part in parts if part.number != OUTPUT and part.whole not in gone]
    add = next(node for node in end if node.kind == b"Add")
    changed = (
        *kept,
        _operation(b"Flatten", [product.inputs[0]], STEPS, LINES_TO_ROWS),
        _operation(b"Gemm", [STEPS, product.inputs[1], add.inputs[1]], LOGITS),
        encoded_field(OUTPUT, encoded_field(NAME, LOGITS)),
    )
    others = [field.whole for field in _fields(model) if field.number != GRAPH]
    return b"".join((*others, encoded_field(GRAPH, b"".join(changed))))


def _end_of(nodes: Sequence[Node]) -> tuple[Node, Sequence[Node]]:
    """The last product and what comes from there on."""
    products = [place for place, node in enumerate(nodes) if node.kind == b"MatMul"]
    end = nodes[products[-1] :] if products else nodes
    kinds = [node.kind for node in end if node.kind != b"Identity"]
    if kinds != [b"MatMul", b"Add", b"Softmax"]:
        raise ModelUnsuitable(detail=b", ".join(kinds[-3:]).decode())
    return end[0], end


def _node(part: Field) -> Node:
    fields = list(_fields(part.value))
    inputs, kinds = (
        tuple(field.value for field in fields if field.number == number) for number in (NODE_INPUT, NODE_KIND)
    )
    return Node(kinds[0], inputs, part.whole)


def _operation(kind: bytes, inputs: Sequence[bytes], output: bytes, attribute: bytes = b"") -> bytes:
    parts = [encoded_field(NODE_INPUT, name) for name in inputs]
    parts += [encoded_field(NODE_OUTPUT, output), encoded_field(NODE_KIND, kind)]
    return encoded_field(NODE, b"".join(parts) + (encoded_field(NODE_ATTRIBUTE, attribute) if attribute else b""))


def _fields(message: bytes) -> Iterator[Field]:
    place = 0
    while place < len(message):
        start = place
        key, place = _varint(message, place)
        length = {VARINT: 0, EIGHT_BYTES: 8, FOUR_BYTES: 4}.get(key & 7, 0)
        if key & 7 == VARINT:
            _, place = _varint(message, place)
        elif key & 7 == BYTES:
            length, place = _varint(message, place)
        yield Field(key >> 3, message[place : place + length], message[start : place + length])
        place += length


def _varint(message: bytes, place: int) -> tuple[int, int]:
    """The number at a place, seven bits a byte from the lowest on, and the place after it."""
    number = shift = 0
    while True:
        byte = message[place]
        number, shift, place = number | (byte & 0x7F) << shift, shift + 7, place + 1
        if byte < 0x80:
            return number, place


def encoded_field(number: int, value: bytes) -> bytes:
    """One field of bytes, text or a message within a message; put behind a message it becomes part of it."""
    length, rest = bytearray(), len(value)
    while rest > 0x7F:
        length.append(rest & 0x7F | 0x80)
        rest >>= 7
    return bytes([number << 3 | BYTES, *length, rest]) + value
