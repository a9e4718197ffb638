# What the scripts share. Sourced, not run.
# shellcheck shell=bash

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The one profile and set of features of every build but the release: so all of them share what was built.
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"

say() { printf '\n— %s\n' "$*"; }
fail() {
  printf '%s\n' "$*" >&2
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# A virtual display, a session bus with an unlocked keyring of its own, and a home for it: nothing of the user's is
# touched. Usage: in_session [--display] command…
in_session() {
  local display=()
  if [[ "$1" == --display ]]; then
    shift
    display=(xvfb-run -a -s "-screen 0 1920x1080x24 -nolisten tcp")
  fi
  local home
  home="$(mktemp -d)"
  local status=0
  # Cargo and npm keep what they fetched where they always do.
  # shellcheck disable=SC2016
  env CARGO_HOME="${CARGO_HOME:-$HOME/.cargo}" RUSTUP_HOME="${RUSTUP_HOME:-$HOME/.rustup}" \
    npm_config_cache="${npm_config_cache:-$HOME/.npm}" HOME="$home" NO_AT_BRIDGE=1 \
    "${display[@]}" dbus-run-session -- bash -c '
      if command -v gnome-keyring-daemon >/dev/null; then
        printf keyring | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 || true
      fi
      exec "$@"' session "$@" || status=$?
  rm -rf "$home"
  return "$status"
}
