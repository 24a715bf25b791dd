#!/usr/bin/env bash
# Everything about the source that needs no test run. Goes on after a finding, and says at the end what to look at.
set -uo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
failed=()

check() {
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then
    printf 'ok      %s\n' "$name"
  else
    printf 'FAILED  %s: %s\n%s\n' "$name" "$*" "$output"
    failed+=("$name")
  fi
}

# The types take as long as all the rest together: they are looked at beside it.
types_log=$(mktemp)
trap 'rm -f "$types_log"' EXIT
mypy . >"$types_log" 2>&1 &
types=$!

production() {
  env BUURTBAAN_ENV=production SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    ALLOWED_HOSTS=buurtbaan.example CSRF_TRUSTED_ORIGINS=https://buurtbaan.example \
    SITE_ADDRESS=https://buurtbaan.example BEHIND_PROXY=true "$@"
}

check ruff ruff check .
check format ruff format --check .
check templates djlint --quiet --lint templates
check imports lint-imports
check migrations python manage.py makemigrations --check --dry-run
check translations python manage.py check_translations
check deploy production python manage.py check --deploy --fail-level WARNING
check requirements python scripts/check_requirements.py
check dockerfile hadolint Dockerfile
if wait "$types"; then
  printf 'ok      types\n'
else
  printf 'FAILED  types: mypy .\n%s\n' "$(cat "$types_log")"
  failed+=(types)
fi
check shell bash -n scripts/*.sh .ci/run docker/*.sh

if [ ${#failed[@]} -gt 0 ]; then
  printf '\n%d of the checks failed: %s\n' "${#failed[@]}" "${failed[*]}"
  exit 1
fi
