#!/usr/bin/env bash
# Installs the browser in which the portal's pages are tried, and its driver, by apt where it may; nothing where they are there.
# Ends with a failure where they cannot be installed.
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

there() { has chromium && has chromedriver; }
there && exit 0
has apt-get || fail "Chromium is not installed, and this system has no apt: install chromium and chromedriver."
say "Installing Chromium and its driver"
line="apt-get update && apt-get install -y --no-install-recommends chromium chromium-driver"
if [[ "$(id -u)" == 0 ]]; then
  env DEBIAN_FRONTEND=noninteractive sh -c "$line" >&2
elif has sudo && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
  sudo env DEBIAN_FRONTEND=noninteractive sh -c "$line" >&2
else
  fail "Run this line as root, then try again:
  $line"
fi
there
