#!/usr/bin/env bash
# Format, clippy, the build without a window, the pages' lint, and what the program is made of.
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

scripts/system-packages.sh shellcheck
scripts/ui.sh
say "Format"
cargo fmt --all --check
say "Clippy"
cargo clippy --workspace --all-targets -- -D warnings
say "The command line without a window"
cargo clippy --package semainier --no-default-features --bins -- -D warnings
say "Lint of the window's pages"
(cd ui && npm run --silent check && npm run --silent lint)
say "Scripts"
shellcheck -x scripts/*.sh portal/deploy/*.sh .ci/run
say "What the program is made of"
scripts/cargo-deny.sh --workspace check licenses bans sources
