#!/usr/bin/env python3
"""Django's commands. Each works with nothing running: the database is started when a command needs it."""

import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command named on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtbaan.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        here = Path(__file__).resolve().parent
        if (here / ".venv" / "bin" / "python").exists():
            sys.exit(f"Django is not on this Python's path. Use {here / '.venv/bin/python'} manage.py …")
        sys.exit("Buurtbaan is not set up in this checkout yet. Type: make setup")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
