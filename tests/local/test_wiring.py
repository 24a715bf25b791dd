"""What settings are told, and that asking starts nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from buurtbaan import local
from buurtbaan.local.places import CHECKOUT, fingerprint, places_at


def test_asking_for_settings_touches_no_disk(tmp_path: Path) -> None:
    home = tmp_path / "home"
    code = "from buurtbaan import local; print(local.database_settings()['HOST'], local.redis_url())"
    environment = {"PATH": os.environ["PATH"], "BUURTBAAN_LOCAL_DIR": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env=environment,
        text=True,
        capture_output=True,
        check=True,
    )
    sockets = places_at(home.resolve(), throwaway=False).sockets
    assert done.stdout == f"{sockets} redis+socket://{sockets}/redis.sock?virtual_host=0\n"
    assert not home.exists()
    assert not sockets.exists()


@pytest.mark.parametrize(("owner", "user"), [(True, "buurtbaan_owner"), (False, "buurtbaan_app")])
def test_the_app_connects_under_its_own_role(owner: bool, user: str) -> None:
    assert local.database_settings(owner=owner)["USER"] == user


def test_two_checkouts_have_sockets_of_their_own_with_short_paths() -> None:
    one, other = (places_at(Path(f"/home/somebody/{'long/' * 40}{name}"), throwaway=False) for name in "ab")
    assert one.sockets != other.sockets
    assert len(str(one.postgres_socket)) < 60
    assert fingerprint(one.home) in str(one.sockets)


def test_redis_is_named_for_celery_and_for_redis_py() -> None:
    assert local.redis_url("redis", db=3).startswith("unix:///tmp/bb-")
    assert local.redis_url("redis", db=3).endswith("?db=3")
    assert local.redis_url(db=3).endswith("?virtual_host=3")
