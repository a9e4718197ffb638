#!/usr/bin/env bash
# Installs the mail server that the scenarios of messages talk to, under target/tools; nothing where it is there.
# Ends with a failure where it cannot be installed (no Python with venv, no package index).
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

version=1.4.6
place="${CARGO_TARGET_DIR:-target}/tools/aiosmtpd"
installed() { [[ "$("$place/bin/python" -c 'import aiosmtpd; print(aiosmtpd.__version__)' 2>/dev/null)" == "$version" ]]; }
if installed; then
  exit 0
fi
say "Installing aiosmtpd $version for the tests"
rm -rf "$place"
mkdir -p "$(dirname "$place")"
python3 -m venv "$place"
"$place/bin/pip" install --quiet --disable-pip-version-check "aiosmtpd==$version"
installed
