#!/bin/sh
# Creates the virtual environment and installs exactly what the lock names. Asks nothing.
# usage: setup.sh VENV PYTHON LOCKFILE
set -eu
venv=$1 python=$2 lock=$3

say() { printf '%s\n' "$*" >&2; }

command -v "$python" >/dev/null || { say "Python fehlt. Bitte installieren: apt-get install python3 python3-venv"; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  say "Brückenschlag braucht Python 3.11 oder neuer; $python ist $("$python" -V 2>&1). Anderes wählen: make run PYTHON=python3.12"
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1
  fi
}

# A pip that is there already installs into the new environment as well; putting one into it takes four seconds more.
has_pip() { "$python" -m pip --python "$python" --version >/dev/null 2>&1; }

if [ ! -x "$venv/bin/pip" ] && ! has_pip; then
  # Debian's python3 comes without ensurepip until python3-venv is installed.
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    say "Das Paket python3-venv fehlt und wird installiert ..."
    { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } >/dev/null || {
      say "Bitte einmal ausführen: sudo apt-get install python3-venv – und dann den Befehl wiederholen."
      exit 1
    }
  fi
  rm -rf "$venv"
  "$python" -m venv "$venv"
elif [ ! -x "$venv/bin/python" ]; then
  rm -rf "$venv"
  "$python" -m venv --without-pip "$venv"
fi

pip() {
  if [ -x "$venv/bin/pip" ]; then "$venv/bin/python" -m pip "$@"; else "$python" -m pip --python "$venv/bin/python" "$@"; fi
}

pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock"
pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation --editable .
