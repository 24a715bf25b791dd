"""What Django and Celery need to know to reach the embedded servers."""

from typing import Literal

from buurtbaan.local.places import places

DATABASE = "buurtbaan"
OWNER = "buurtbaan_owner"
APP = "buurtbaan_app"


def database_settings(*, owner: bool = False) -> dict[str, object]:
    """One entry for DATABASES. The owner migrates; the app role is held by row-level security."""
    return {
        "ENGINE": "buurtbaan.local.postgres_backend",
        "NAME": DATABASE,
        "USER": OWNER if owner else APP,
        "PASSWORD": "",
        "HOST": str(places().sockets),
        "PORT": "5432",
    }


def redis_url(kind: Literal["celery", "redis"] = "celery", *, db: int = 0) -> str:
    """Redis's address, as Celery writes it or as redis-py does."""
    socket = places().redis_socket
    return f"redis+socket://{socket}?virtual_host={db}" if kind == "celery" else f"unix://{socket}?db={db}"


def redis_py_url(url: str) -> str:
    """Redis's address as redis-py writes it, from how Celery does."""
    return url.replace("redis+socket://", "unix://", 1).replace("virtual_host=", "db=", 1)
