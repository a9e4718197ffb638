#!/usr/bin/env bash
# A package for Debian under target/release/bundle, by Tauri's own tool (a package of ui).
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

scripts/system-packages.sh
scripts/ui.sh packages
npx --prefix ui --no-install tauri --version >/dev/null 2>&1 ||
  fail "Tauri's tool is missing: npm install --prefix ui --no-save @tauri-apps/cli@2.12.4"
npx --prefix ui --no-install tauri build --bundles deb
