#!/usr/bin/env bash
# Runs cargo-deny in the one version that deny.toml was written for; builds it the first time (some minutes).
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

version=0.20.2
place="${CARGO_TARGET_DIR:-target}/tools"
if has cargo-deny && [[ "$(cargo-deny --version)" == "cargo-deny $version" ]]; then
  exec cargo-deny "$@"
fi
if [[ "$("$place/bin/cargo-deny" --version 2>/dev/null)" != "cargo-deny $version" ]]; then
  say "Building cargo-deny $version"
  cargo install --quiet --locked --root "$place" --target-dir "$place/build" "cargo-deny@$version"
  rm -rf "$place/build"
fi
exec "$place/bin/cargo-deny" "$@"
