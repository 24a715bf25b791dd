#!/usr/bin/env bash
# Removes what can be made again. What people entered goes only after a yes.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -x .venv/bin/python ]; then
  .venv/bin/python -m buurtbaan.local forget
fi
rm -rf .venv node_modules static/vendor staticfiles var/lock var/static.seen
rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
find . -name __pycache__ -type d -prune -exec rm -rf {} +
find locale -name '*.mo' -delete 2>/dev/null || true
