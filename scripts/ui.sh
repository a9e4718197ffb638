#!/usr/bin/env bash
# The packages of the window's pages, and the pages themselves in ui/dist, each only where something changed.
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

cd ui
if [[ ! -f node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
  say "Fetching the packages of the window's pages"
  # The overrides in package.json: some platforms' parts of the messages' compiler were never published in the version
  # that it asks for, and npm refuses a lock file without them. None of them is installed on Linux x64.
  npm ci --no-audit --no-fund
  touch node_modules/.package-lock.json
fi
[[ "${1:-}" == packages ]] && exit 0

if [[ ! -f dist/index.html ]] ||
  [[ -n "$(find src scripts project.inlang index.html package.json vite.config.ts svelte.config.js \
    -path src/messages/generated -prune -o -type f -newer dist/index.html -print -quit)" ]]; then
  say "Building the window's pages"
  npm run --silent build
fi
