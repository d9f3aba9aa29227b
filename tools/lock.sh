#!/bin/sh
# Writes the two lock files from pyproject.toml: names, versions and hashes, no registry's address.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "uv is needed to write the lock: python3 -m pip install uv" >&2; exit 1; }
uv lock --quiet "$@"
export_() { uv export --quiet --frozen --no-emit-project --no-header --no-annotate --format requirements-txt "$@"; }
export_ --no-dev --group build --output-file requirements.lock >/dev/null
export_ --group build --group dev --output-file requirements-dev.lock >/dev/null
rm uv.lock
