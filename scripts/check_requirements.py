"""Whether each requirements .txt still pins, with hashes, what its .in asks for."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"^([A-Za-z0-9._-]+)(\[[^]]*])?")


def plain(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def problems(asked: Path) -> list[str]:
    """What is wrong with the pins of this file."""
    text = asked.with_suffix(".txt").read_text()
    blocks = [block for block in re.split(r"\n(?=\S)", text) if not block.startswith("#")]
    pinned = {plain(block.split("==")[0].split("[")[0]): block for block in blocks if "==" in block}
    found = [
        f"{asked.stem}.txt: {name} has no hash" for name, block in pinned.items() if "--hash=" not in block
    ]
    lines = [line.strip() for line in asked.read_text().splitlines()]
    names = {plain(match[1]) for line in lines if (match := NAME.match(line)) and not line.startswith("-")}
    via = f"-r {asked.name}"
    found += [f"{asked.name}: {name} is not pinned; run 'make lock'" for name in names - pinned.keys()]
    stray = {name for name, block in pinned.items() if via in block} - names
    return found + [f"{asked.stem}.txt: {name} is no longer asked for; run 'make lock'" for name in stray]


if __name__ == "__main__":
    sys.exit(
        "\n".join(line for asked in sorted(ROOT.glob("requirements*.in")) for line in problems(asked)) or 0
    )
