#!/usr/bin/env bash
# The figures, as JSON lines, from the release build: the portal with its PostgreSQL, app and portal together, then the app on a
# seeded vault. Arguments go to the benches.
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

scripts/system-packages.sh >&2
scripts/ui.sh >&2
# The portal's figures need PostgreSQL, and Chromium for one of them: what is not there is told as skipped.
scripts/portal.sh database >/dev/null || true
scripts/chromium.sh >&2 || true
cargo build --release --bin semainier --example empty_window >&2
cargo bench --quiet --package semainier-portal --bench portal -- "$@"
# The portal's program stands beside the bench by now.
cargo bench --quiet --bench sync -- "$@"
in_session --display cargo bench --quiet --bench figures --bench window -- "$@"
