#!/usr/bin/env bash
# Installs the validators that a person's bundle is checked with, under target/tools; nothing where they are there. Ends with a
# failure where one of them cannot be installed (no Python with venv, no npm, no package index).
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

npm_version=4.12.0
python_version=8.3.0
place="${CARGO_TARGET_DIR:-target}/tools/fhir"
if [[ "$(cat "$place/installed" 2>/dev/null)" == "$npm_version $python_version" ]]; then
  exit 0
fi
say "Installing the FHIR validators for the tests"
rm -rf "$place"
mkdir -p "$place"
python3 -m venv "$place/python"
"$place/python/bin/pip" install --quiet --disable-pip-version-check "fhir.resources==$python_version"
npm install --silent --no-audit --no-fund --prefix "$place" "fhir@$npm_version"
printf '%s' "$npm_version $python_version" >"$place/installed"
