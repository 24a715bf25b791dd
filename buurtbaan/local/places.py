"""Where the servers of this checkout keep their data, programs and sockets."""

import hashlib
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ROOT_HOMES = Path("/var/lib/buurtbaan")
HOME_VARIABLE = "BUURTBAAN_LOCAL_DIR"
THROWAWAY_VARIABLE = "BUURTBAAN_LOCAL_THROWAWAY"
FREE_UIDS = range(60706, 61184)  # given out neither by Debian nor by systemd


class LocalServersError(RuntimeError):
    """The embedded servers cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Places:
    """One set of servers: all of it lies under `home`, except the sockets, whose paths must be short."""

    home: Path
    sockets: Path
    throwaway: bool

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data folder."""
        return self.home / "postgres"

    @property
    def redis(self) -> Path:
        """Redis's data folder."""
        return self.home / "redis"

    @property
    def logs(self) -> Path:
        """The folder the two servers write their logs in."""
        return self.home / "log"

    @property
    def redis_socket(self) -> Path:
        """The only door to Redis."""
        return self.sockets / "redis.sock"

    @property
    def postgres_socket(self) -> Path:
        """The only door to PostgreSQL; the name is fixed by its protocol."""
        return self.sockets / ".s.PGSQL.5432"


def is_root() -> bool:
    """PostgreSQL refuses to run as root, so root's servers run as another user."""
    return os.geteuid() == 0


def fingerprint(path: Path) -> str:
    """Ten hexadecimal digits that differ for every folder and user."""
    return hashlib.sha256(f"{os.geteuid()}:{path}".encode()).hexdigest()[:10]


def default_home() -> Path:
    """`var/` in the checkout; for root a folder that the servers' user can reach without opening another."""
    return ROOT_HOMES / fingerprint(CHECKOUT) if is_root() else CHECKOUT / "var"


def places() -> Places:
    """The places for this process, as the environment and the checkout's path say."""
    return _places(os.environ.get(HOME_VARIABLE, ""), bool(os.environ.get(THROWAWAY_VARIABLE)))


@cache
def _places(named_home: str, throwaway: bool) -> Places:
    home = Path(named_home).resolve() if named_home else default_home()
    return places_at(home, throwaway=throwaway)


def places_at(home: Path, *, throwaway: bool) -> Places:
    """The servers that live in this folder."""
    return Places(home=home, sockets=Path("/tmp") / f"bb-{fingerprint(home)}", throwaway=throwaway)  # noqa: S108


def make_home(home: Path) -> None:
    """Make the folder. The ones made for root are open to the servers' user, whatever root's umask."""
    for folder in (*reversed(home.parents), home):
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            if is_root():
                folder.chmod(0o755)
