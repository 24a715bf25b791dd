"""`python -m buurtbaan.local run | test -- COMMAND… | forget`: what `make run`, `test` and `clean` call."""

import sys

from buurtbaan.local import forget, supervisor, trial
from buurtbaan.local.places import LocalServersError

USAGE = "python -m buurtbaan.local run | test -- COMMAND… | forget"


def main(arguments: list[str]) -> int:
    """Do what the first argument says. Returns the exit code."""
    match arguments:
        case ["run"]:
            return supervisor.main()
        case ["test", "--", *command] if command:
            return trial.main(command)
        case ["forget"]:
            return forget.main()
        case _:
            sys.stderr.write(USAGE + "\n")
            return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except LocalServersError as error:
        sys.exit(str(error))
