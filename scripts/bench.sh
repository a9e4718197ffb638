#!/usr/bin/env bash
# The figures, as JSON lines, from the release build on a seeded vault. Arguments go to the bench.
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

scripts/system-packages.sh >&2
scripts/ui.sh >&2
cargo build --release --bin semainier --example empty_window >&2
in_session --display cargo bench --quiet --bench figures --bench window -- "$@"
