#!/usr/bin/env bash
# Installs the calendar server that the scenarios of publishing talk to, under target/tools; nothing where it is there.
# Ends with a failure where it cannot be installed (no Python with venv, no package index).
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

version=3.9.0
place="${CARGO_TARGET_DIR:-target}/tools/radicale"
if [[ "$("$place/bin/radicale" --version 2>/dev/null)" == "$version" ]]; then
  exit 0
fi
say "Installing Radicale $version for the tests"
rm -rf "$place"
mkdir -p "$(dirname "$place")"
python3 -m venv "$place"
"$place/bin/pip" install --quiet --disable-pip-version-check "radicale==$version"
[[ "$("$place/bin/radicale" --version 2>/dev/null)" == "$version" ]]
