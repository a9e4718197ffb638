#!/usr/bin/env bash
# The portal on this machine: PostgreSQL (Debian's package, installed where this may be done), a private cluster under
# target/, which listens on this computer alone, and the portal on top with a demonstration practice.
#
#   scripts/portal.sh            installs, starts, migrates, seeds a demonstration practice, serves
#   scripts/portal.sh database   installs and starts the cluster only; prints the owner's address
#   scripts/portal.sh started    the same without installing anything: fails where PostgreSQL is not there
#   scripts/portal.sh make NAME [durable]
#                                makes another, empty database for a test; prints the owner's and the portal's address of it;
#                                durable: each commit waits for the disk, as it does in earnest
#   scripts/portal.sh copy A B   puts a copy of database A in the place of B, for tests of a restore; nobody may use either
#   scripts/portal.sh drop NAME  removes it again
#   scripts/portal.sh stop       stops the cluster
# shellcheck source=scripts/common.sh
source "$(dirname "$0")/common.sh"

place="${CARGO_TARGET_DIR:-target}/portal"
mkdir -p "$place"
place="$(cd "$place" && pwd)"
cluster="$place/cluster"

# Where Debian keeps the server's programs; they are not on the path there.
server_programs() {
  local found
  found="$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)"
  if [[ -z "$found" ]] && has initdb; then found="$(dirname "$(readlink -f "$(command -v initdb)")")"; fi
  [[ -n "$found" && -x "$found/initdb" ]] && printf '%s\n' "$found"
}

install_server() {
  server_programs >/dev/null && return
  has apt-get || fail "PostgreSQL is not installed, and this system has no apt: install version 15 or later."
  say "Installing PostgreSQL"
  local line="apt-get update && apt-get install -y --no-install-recommends postgresql"
  # The package would start a cluster of the whole machine; ours is private.
  local quiet="mkdir -p /etc/postgresql-common && { test -e /etc/postgresql-common/createcluster.conf || printf 'create_main_cluster = false\n' > /etc/postgresql-common/createcluster.conf; }"
  if [[ "$(id -u)" == 0 ]]; then
    env DEBIAN_FRONTEND=noninteractive sh -c "$quiet && $line" >&2
  elif has sudo && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
    sudo env DEBIAN_FRONTEND=noninteractive sh -c "$quiet && $line" >&2
  else
    fail "Run this line as root, then try again:
  $line"
  fi
  server_programs >/dev/null || fail "PostgreSQL was installed, but its programs were not found."
}

# The server refuses to run as root: as root, the package's own account runs it.
as_server() {
  if [[ "$(id -u)" == 0 ]]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

free_port() {
  local port
  for port in $(seq 54330 54399); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || {
      printf '%s\n' "$port"
      return
    }
  done
  fail "No free port between 54330 and 54399."
}

secret() { head -c 24 /dev/urandom | od -An -vtx1 | tr -d ' \n'; }

# As root the folder may be one that the server's account cannot reach (a home): then the cluster lies in a folder of its own.
choose_cluster() {
  if [[ "$(id -u)" == 0 ]] && id postgres >/dev/null 2>&1 && ! as_server test -x "$place"; then
    cluster="/var/tmp/semainier-portal-$(printf '%s' "$place" | sha256sum | cut -c 1-12)"
  fi
}

make_cluster() {
  if [[ "$(id -u)" == 0 ]]; then
    id postgres >/dev/null 2>&1 || fail "The account postgres is missing: the package makes it."
    install -d -o postgres -m 0700 "$cluster"
    as_server test -w "$cluster" || fail "The account postgres cannot reach $cluster: choose another CARGO_TARGET_DIR."
  else
    install -d -m 0700 "$cluster"
  fi
  (umask 077 && secret >"$place/owner_password" && secret >"$place/portal_password" && secret >"$place/boss_password")
  local handed="$cluster.pw"
  install -m 0600 "$place/boss_password" "$handed"
  if [[ "$(id -u)" == 0 ]]; then chown postgres "$handed"; fi
  as_server "$programs/initdb" --pgdata "$cluster/data" --username boss --pwfile "$handed" --auth scram-sha-256 \
    --encoding UTF8 --locale C.UTF-8 >/dev/null
  rm -f "$handed"
  cat >>"$cluster/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 128MB
# No value of a row in the server's log: neither the statement nor the detail of what was refused.
log_min_messages = fatal
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
CONF
}

running() { as_server "$programs/pg_ctl" --pgdata "$cluster/data" status >/dev/null 2>&1; }

boss() {
  PGPASSWORD="$(cat "$place/boss_password")" "$programs/psql" --quiet --no-psqlrc --set ON_ERROR_STOP=1 \
    --host 127.0.0.1 --port "$(cat "$place/port")" --username boss "$@"
}

start_cluster() {
  programs="$(server_programs)" || fail "PostgreSQL is not installed: scripts/portal.sh database installs it."
  choose_cluster
  exec 9>"$place/lock"
  flock 9
  # A cluster whose passwords are gone (a cleaned target/) is of no use to anybody.
  if [[ -d "$cluster" && ! -f "$place/boss_password" ]]; then
    if running; then as_server "$programs/pg_ctl" --pgdata "$cluster/data" --mode fast --wait stop >/dev/null; fi
    rm -rf "$cluster" "$place/roles"
  fi
  [[ -f "$cluster/data/PG_VERSION" ]] || make_cluster
  if ! running; then
    free_port >"$place/port"
    # The server outlives whoever starts it: it keeps no file of theirs open, and so no lock that they hold by one.
    as_server "$programs/pg_ctl" --pgdata "$cluster/data" --log "$cluster/log" --options "-p $(cat "$place/port")" \
      --wait start >/dev/null 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- || fail "PostgreSQL does not start: see $cluster/log"
  fi
  if [[ ! -f "$place/roles" ]]; then
    # The owner makes and migrates databases; the portal's role may neither, and passes no wall.
    boss --dbname postgres <<SQL
CREATE ROLE semainier_owner LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD '$(cat "$place/owner_password")';
CREATE ROLE semainier_portal LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD '$(cat "$place/portal_password")';
CREATE DATABASE semainier OWNER semainier_owner;
SQL
    touch "$place/roles"
  fi
  exec 9>&-
}

address() { printf 'postgres://%s:%s@127.0.0.1:%s/semainier\n' "semainier_$1" "$(cat "$place/${1}_password")" "$(cat "$place/port")"; }

case "${1:-run}" in
  database)
    install_server
    start_cluster
    address owner
    ;;
  started)
    start_cluster
    address owner
    ;;
  make)
    start_cluster
    name="${2:?the name of a database}"
    boss --dbname postgres --command "CREATE DATABASE $name OWNER semainier_owner STRATEGY wal_log"
    [[ "${3:-}" == durable ]] || boss --dbname postgres --command "ALTER DATABASE $name SET synchronous_commit = off"
    address owner | sed -e "s|/semainier\$|/$name|"
    address portal | sed -e "s|/semainier\$|/$name|"
    ;;
  copy)
    start_cluster
    from="${2:?the name of a database}" to="${3:?the name of its copy}"
    boss --dbname postgres --command "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ('$from', '$to')" >/dev/null
    boss --dbname postgres --command "DROP DATABASE IF EXISTS $to WITH (FORCE)"
    boss --dbname postgres --command "CREATE DATABASE $to TEMPLATE $from OWNER semainier_owner STRATEGY wal_log"
    boss --dbname postgres --command "ALTER DATABASE $to SET synchronous_commit = off"
    ;;
  drop)
    start_cluster
    boss --dbname postgres --command "DROP DATABASE IF EXISTS ${2:?the name of a database} WITH (FORCE)"
    ;;
  stop)
    programs="$(server_programs)" || exit 0
    choose_cluster
    if running; then as_server "$programs/pg_ctl" --pgdata "$cluster/data" --mode fast --wait stop >/dev/null; fi
    ;;
  run)
    install_server
    start_cluster
    cargo build --package semainier-portal --bin semainier-portal
    PORTAL_OWNER_DATABASE="$(address owner)"
    PORTAL_DATABASE="$(address portal)"
    PORTAL_SIGNING_KEY="$place/signing-key"
    export PORTAL_OWNER_DATABASE PORTAL_DATABASE PORTAL_SIGNING_KEY
    portal="${CARGO_TARGET_DIR:-target}/debug/semainier-portal"
    "$portal" migrate
    "$portal" seed
    say "The portal: http://127.0.0.1:8630/ (Ctrl C ends it; scripts/portal.sh stop ends the database)"
    exec "$portal" serve --development
    ;;
  *) fail "scripts/portal.sh [run|database|started|make NAME [durable]|copy A B|drop NAME|stop]" ;;
esac
