#!/usr/bin/env bash
# Makes this checkout ready: `scripts/setup.sh run` or `scripts/setup.sh test`. Says nothing when it already is.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}

say() { printf '%s\n' "$*" >&2; }
stop() { printf '\n' >&2; printf '%s\n' "$@" >&2; exit 1; }
sum() { cat "$@" | sha256sum | cut -d' ' -f1; }
is() { [ "$(cat "$1" 2>/dev/null || true)" = "$2" ]; }

# Runs a long step with its output in var/log/NAME.log, which is shown when the step fails.
quietly() {
  local log=var/log/$1.log
  shift
  mkdir -p var/log
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    stop "'$*' failed; the whole of its output is in $log."
  fi
}

apt_missing=()
pip=(.venv/bin/python -m pip install --disable-pip-version-check --no-input --require-hashes)

find_python() {
  local candidate
  for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      python=$candidate
      return
    fi
  done
  stop "Buurtbaan needs Python 3.11 or newer; this machine has $(python3 --version 2>&1 || echo none)."
}

# A library counts as there when Python can open it, whichever package brought it.
need_library() { "$python" -c "import ctypes; ctypes.CDLL('$1')" 2>/dev/null || apt_missing+=("$2"); }

look_at_system() {
  if [ ! -x .venv/bin/python ]; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null || apt_missing+=(python3-venv)
  fi
  need_library libpango-1.0.so.0 libpango-1.0-0
  need_library libpangoft2-1.0.so.0 libpangoft2-1.0-0
  need_library libharfbuzz-subset.so.0 libharfbuzz-subset0
  if [ "$purpose" = test ]; then
    need_library libatomic.so.1 libatomic1 # for the Node.js that drives the browser
    { type -P chromium || type -P chromium-browser || type -P google-chrome; } >/dev/null || apt_missing+=(chromium)
  fi
}

install_system() {
  [ ${#apt_missing[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    stop "Buurtbaan needs what Debian calls: ${apt_missing[*]}" "Install these with this machine's own package manager."
  fi
  if [ "$(id -u)" -ne 0 ]; then
    stop "Buurtbaan needs a few packages of the system. Type this, then the same make command again:" "" \
      "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${apt_missing[*]}"
  fi
  say "Installing ${apt_missing[*]}…"
  quietly apt-update apt-get -q update
  quietly apt-install env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends \
    "${apt_missing[@]}"
}

# Made anew when its Python is gone or the checkout was moved; one made by hand is taken as it is.
make_venv() {
  if .venv/bin/python -c 'import pip' 2>/dev/null; then
    [ -e .venv/made-in ] || printf '%s' "$PWD" >.venv/made-in
    if is .venv/made-in "$PWD"; then return; fi
  fi
  say "Making .venv with $("$python" --version)…"
  rm -rf .venv
  "$python" -m venv .venv
  printf '%s' "$PWD" >.venv/made-in
}

install_python() {
  local files=(requirements.txt) arguments=() file seen
  [ "$purpose" = test ] && files+=(requirements-dev.txt)
  for file in "${files[@]}"; do
    seen=$(sum "$file")
    if ! is ".venv/installed-$file" "$seen"; then arguments+=(-r "$file"); fi
  done
  [ ${#arguments[@]} -gt 0 ] || return 0
  say "Installing Python packages…"
  quietly pip "${pip[@]}" "${arguments[@]}"
  for file in "${files[@]}"; do sum "$file" >".venv/installed-$file"; done
}

new_enough_npm() {
  command -v npm >/dev/null && command -v node >/dev/null || return 1
  local node_major npm_major
  node_major=$(node -p 'process.versions.node.split(".")[0]') && npm_major=$(npm --version | cut -d. -f1)
  [ "$node_major" -ge 18 ] && [ "$npm_major" -ge 9 ]
}

build_front_end() {
  local seen
  seen=$(sum package.json package-lock.json .npmrc scripts/collect-vendor.mjs)
  if is node_modules/built "$seen" && [ -d static/vendor ]; then return; fi
  PATH="$PATH:$PWD/.venv/bin"
  if ! new_enough_npm; then
    say "This machine has no recent npm; taking Node.js from PyPI…"
    quietly pip-node "${pip[@]}" -r requirements-node.txt
    PATH="$PWD/.venv/bin:$PATH"
  fi
  say "Installing front-end packages…"
  quietly npm npm ci --ignore-scripts --no-audit --no-fund
  quietly npm-build npm run build
  printf '%s' "$seen" >node_modules/built
}

translate() {
  local po
  for po in locale/*/LC_MESSAGES/*.po; do
    [ -e "$po" ] || continue
    if [ ! -e "${po%.po}.mo" ] || [ "$po" -nt "${po%.po}.mo" ]; then
      .venv/bin/python scripts/compile_messages.py "$po"
    fi
  done
}

# Where Python is told to keep no bytecode, every process that starts would translate the whole source once more.
compile_source() { .venv/bin/python -m compileall -qq manage.py buurtbaan candidates employers matching impact || true; }

mkdir -p var
if command -v flock >/dev/null; then
  exec 9>var/setup.lock
  flock 9
fi
find_python
look_at_system
install_system
make_venv
install_python
build_front_end
translate
compile_source
