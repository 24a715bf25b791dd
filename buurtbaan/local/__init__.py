"""The one-machine default: PostgreSQL and Redis from PyPI, started when something needs them.

Settings use this package when DATABASE_URL or REDIS_URL is absent. Importing it and asking for settings
starts nothing and touches no disk; the first connection does. The last process that used the servers stops
them.
"""

import os

from buurtbaan.local.use import ensure_postgres, ensure_redis
from buurtbaan.local.wiring import database_settings, redis_py_url, redis_url

__all__ = ["cores", "database_settings", "ensure_postgres", "ensure_redis", "redis_py_url", "redis_url"]


def cores() -> int:
    """How many processors this process may use: one worker each."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
