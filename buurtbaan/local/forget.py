"""`make clean`'s question: whether what was entered in this checkout may go too."""

import shutil
import sys

from buurtbaan.local import use
from buurtbaan.local.ground import say
from buurtbaan.local.places import CHECKOUT, LocalServersError, default_home, places_at


def main() -> int:
    """Ask, and remove the data only after a plain yes. Without a terminal nothing is asked or removed."""
    where = places_at(default_home(), throwaway=False)
    if not where.cluster.exists():
        return 0
    folders = sorted({where.home, CHECKOUT / "var"})
    named = " and ".join(str(folder) for folder in folders)
    if not sys.stdin.isatty():
        say(f"What was entered is kept, in {named}.")
        return 0
    if input(f"Remove what was entered too, in {named}? Type yes: ").strip().lower() != "yes":
        say("Kept.")
        return 0
    if not use.stop_if_unused(where):
        raise LocalServersError("The database is in use; stop Buurtbaan first.")
    for folder in (*folders, where.sockets):
        shutil.rmtree(folder, ignore_errors=True)
    say("Removed.")
    return 0
