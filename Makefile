# Two commands are enough: `make run` and `make test`.
.PHONY: run test lint types bench bundle picture ui portal

# Installs what is missing, builds, opens the app (without a display: the demonstration practice, its day, a picture).
run:
	@scripts/run.sh

# Everything: Rust, the window's pages, whole-app scenarios, the real window.
test:
	@scripts/test.sh

# Format, clippy, svelte-check, eslint, shellcheck, cargo-deny.
lint:
	@scripts/lint.sh

# The window's pages in ui/dist.
ui:
	@scripts/ui.sh

# What is generated from the list of commands: the window's permissions and the TypeScript types.
types:
	@scripts/capability.sh
	SEMAINIER_WRITE_TYPES=1 cargo test --test it typescript

# The figures, as JSON lines.
bench:
	@scripts/bench.sh

# A package for Debian under target/release/bundle.
bundle:
	@scripts/bundle.sh

# A picture of the demonstration practice's day: out/day.png.
picture:
	@scripts/picture.sh

# The booking portal on this computer: PostgreSQL, a demonstration practice, http://127.0.0.1:8630/.
portal:
	@scripts/portal.sh
