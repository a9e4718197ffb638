#!/usr/bin/env bash
# Sees to it that the system packages and tool chains are there: installs what is missing by apt where it may, else
# prints the one line to run. Arguments name more packages, which one task alone needs.
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

packages=(
  libwebkit2gtk-4.1-dev librsvg2-dev libssl-dev pkg-config build-essential file
  xvfb xauth webkit2gtk-driver dbus dbus-x11 gnome-keyring libsecret-tools
  poppler-utils fonts-dejavu-core fonts-noto-core
  python3 python3-venv openssl
  "$@"
)

missing=()
if has dpkg-query; then
  for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
elif ! pkg-config --exists webkit2gtk-4.1 2>/dev/null; then
  fail "This system has no apt. Install the equivalents of: ${packages[*]}"
fi

if ((${#missing[@]})); then
  say "Missing system packages: ${missing[*]}"
  line="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
  if [[ "$(id -u)" == 0 ]]; then
    run=(env DEBIAN_FRONTEND=noninteractive sh -c "$line")
  elif has sudo && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
    run=(sudo env DEBIAN_FRONTEND=noninteractive sh -c "$line")
  else
    fail "Run this line as root, then try again:
  $line"
  fi
  "${run[@]}" || fail "The packages could not be installed. Run this line as root, then try again:
  $line"
fi

# Tool chains come from their own installers, not from apt: Debian's are too old.
has cargo || fail "Rust is missing (1.92 or later): install it with rustup, then try again."
has node || fail "Node.js is missing (20.19 or later): install it, then try again."
has npm || fail "npm is missing: it comes with Node.js."
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  fail "Node.js $(node --version) is too old: 20.19 or later is needed."
