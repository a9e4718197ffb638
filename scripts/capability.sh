#!/usr/bin/env bash
# Writes what the window may call from the list of commands. A test holds the two equal.
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

{
  cat <<'HEAD'
{
  "identifier": "main",
  "description": "What the main window may call: the list of commands, its own save_file, choose_folder, choose_file and wall display, and hearing the event `changed`.",
  "windows": ["main"],
  "permissions": [
    "core:event:allow-listen",
    "core:event:allow-unlisten",
    "allow-save-file",
    "allow-choose-folder",
    "allow-choose-file",
    "allow-open-wall-display",
    "allow-close-wall-display",
HEAD
  sed -nE 's/^ *[a-z_]+::([a-z_]+)\(.*\) -> .*;$/\1/p' src-tauri/commands/list.rs |
    tr _ - | sed -e 's/.*/    "allow-&",/' -e '$ s/,$//'
  printf '  ]\n}\n'
} >src-tauri/capabilities/main.json
