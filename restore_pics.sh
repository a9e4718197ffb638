set -eu
p=/tmp/wt/restore/target/debug/semainier
home=$(mktemp -d); trap 'rm -rf $home' EXIT
printf 'Zebre-Calme#2026!\n' > $home/pw
export HOME=$home XDG_DATA_HOME= XDG_CONFIG_HOME= XDG_CACHE_HOME= NO_AT_BRIDGE=1 DBUS_SESSION_BUS_ADDRESS=disabled: SEMAINIER_VAULT=$home/Bureau/practice SEMAINIER_USER=lefevre SEMAINIER_PASSWORD_FILE=$home/pw
mkdir -p $home/Bureau
$p init --practice "Cabinet des Tilleuls" --country FR --zone Europe/Paris --name "Dr Claire Lefèvre" --role practitioner > /dev/null
printf 'Girafe_Bleue%%77xx\n' > $home/pw2; SEMAINIER_NEW_PASSWORD_FILE=$home/pw2 $p user add --user samia --name "Samia Roux" --role secretary >/dev/null
for n in 1 2 3; do $p patient add --surname DUPONT$n --first-name Marie >/dev/null; $p backup $SEMAINIER_VAULT/backups/b$n.semainier-backup >/dev/null; done
xvfb-run -a -s "-screen 0 1920x1080x24 -nolisten tcp" node /tmp/wt/out/restore_pics.mjs $p /tmp/wt/pictures ${1:-1366} ${2:-768}
