"""Compile translations without gettext: `compile_messages.py FILE.po…` writes FILE.mo beside each."""

import sys
from pathlib import Path

import polib


def main(names: list[str]) -> None:
    """Write a .mo for every .po named."""
    for name in names:
        polib.pofile(name).save_as_mofile(str(Path(name).with_suffix(".mo")))


if __name__ == "__main__":
    main(sys.argv[1:])
