#!/usr/bin/env bash
# Pins requirements*.in with hashes for every platform, and the front-end packages.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x var/lock/bin/uv ] || { python3 -m venv var/lock && var/lock/bin/pip install --quiet uv; }
for name in requirements requirements-dev requirements-node; do
  var/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
    "$name.in" --output-file "$name.txt"
done
PATH="$PWD/.venv/bin:$PATH" npm update --package-lock-only --ignore-scripts --no-audit --no-fund
git --no-pager diff --stat -- 'requirements*.txt' package-lock.json
