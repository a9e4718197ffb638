#!/usr/bin/env bash
# Everything: the rules, the rooms, the whole-app scenarios and the real window in Rust; the pages' own tests; the
# messages. Runs on a home, a session bus, a keyring and a display of its own.
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

scripts/system-packages.sh
scripts/ui.sh
say "Messages"
(cd ui && npm run --silent messages:check)
say "Types of the window's pages"
(cd ui && npm run --silent check)
say "Tests of the window's pages"
(cd ui && npm run --silent test)
# The scenarios of publishing need a real calendar server: they are left out only where none can be installed.
if scripts/radicale.sh; then
  export SEMAINIER_RADICALE=required
else
  say "SKIPPED: Radicale cannot be installed here, so publishing is not tried against a real calendar server"
fi
# So do the scenarios of messages need a real mail server.
if scripts/smtp.sh; then
  export SEMAINIER_SMTP=required
else
  say "SKIPPED: aiosmtpd cannot be installed here, so messages are not tried against a real mail server"
fi
# A person's bundle is checked by two programs of other people: left out only where they cannot be installed.
if scripts/fhir.sh; then
  export SEMAINIER_FHIR=required
else
  say "SKIPPED: the FHIR validators cannot be installed here, so no bundle is checked by anybody but us"
fi
# So does the portal need a real PostgreSQL, of its own and under target/.
if scripts/portal.sh database >/dev/null; then
  export SEMAINIER_POSTGRES=required
  trap 'scripts/portal.sh stop' EXIT
else
  say "SKIPPED: PostgreSQL cannot be installed here, so the portal is not tried against a real database"
fi
# Its pages are tried in the browser that most people have.
if scripts/chromium.sh; then
  export SEMAINIER_CHROMIUM=required
else
  say "SKIPPED: Chromium cannot be installed here, so the portal's pages are not tried in a real browser"
fi
say "Tests of the rules, the rooms and the whole app"
cargo test --workspace --no-run
in_session cargo test --workspace --lib --bins --test it --test portal
cargo test --workspace --doc
say "Tests in the real window"
# The whole workspace again: the same features, so that nothing is built a second time.
in_session --display cargo test --workspace --test e2e
say "All tests passed"
