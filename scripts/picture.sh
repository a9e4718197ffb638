#!/usr/bin/env bash
# Opens the demonstration practice under a virtual display, saves a picture of its day as out/day.png and prints the day.
# Usage: scripts/picture.sh [language [width height]]
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

program="$PWD/target/debug/semainier"
[[ -n "${CARGO_TARGET_DIR:-}" ]] && program="$CARGO_TARGET_DIR/debug/semainier"
[[ -x "$program" ]] || fail "Build the app first: make run"

home="$(mktemp -d)"
trap 'rm -rf "$home"' EXIT
mkdir -p out
export SEMAINIER_VAULT="$home/practice"
# Says how many days ahead of today the day of the picture is.
ahead="$(xvfb-run -a -s "-screen 0 1920x1080x24 -nolisten tcp" \
  env HOME="$home" XDG_DATA_HOME= XDG_CONFIG_HOME= XDG_CACHE_HOME= NO_AT_BRIDGE=1 DBUS_SESSION_BUS_ADDRESS=disabled: \
  node scripts/picture.mjs "$program" out/day.png "${1:-fr}" "${2:-1366}" "${3:-768}")"

say "The day of the demonstration practice"
# The demonstration's password is no secret.
printf 'Semainier-demo-2026\n' >"$home/password"
env HOME="$home" DBUS_SESSION_BUS_ADDRESS=disabled: SEMAINIER_USER=demo SEMAINIER_PASSWORD_FILE="$home/password" \
  "$program" --vault "$SEMAINIER_VAULT-demonstration" --json agenda --date "$(date -d "+$ahead days" +%F)" |
  node scripts/day.mjs
say "Picture: out/day.png"
