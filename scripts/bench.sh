#!/usr/bin/env bash
# The benchmark on a fresh database: `scripts/bench.sh [--json]`, called through `make bench`.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python manage.py migrate --noinput --verbosity=0 >&2
.venv/bin/python manage.py collectstatic --noinput --verbosity=0 >&2 # pages name the files by their contents
exec .venv/bin/python manage.py bench "$@"
