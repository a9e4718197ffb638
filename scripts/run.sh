#!/usr/bin/env bash
# Builds and opens the app. Without a display: opens it under a virtual one on the demonstration practice, prints the
# day and saves a picture of it.
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

scripts/system-packages.sh
scripts/ui.sh
say "Building the app"
cargo build --bin semainier
program="${CARGO_TARGET_DIR:-target}/debug/semainier"

if [[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]]; then
  say "Opening Semainier"
  exec "$program"
fi
say "No display here: opening the demonstration practice under a virtual one"
scripts/picture.sh
