#!/bin/sh
# Installs MediaWiki of Debian 12 with an empty wiki in a folder, and serves it on this machine alone until standard input ends.
#
# usage: PREFIX=DIR [PORT=8919] mediawiki.sh [install]
#
# `install` ends after the installation; what is there already is left alone. Without `install` the first line of standard output is
# `listening on http://127.0.0.1:PORT`, where api.php is; PORT 0 takes a free port. Admin, with the password AdminPassw0rd!x, is an
# administrator; Robot@casebook, with the password casebookcasebookcasebookcasebook, is a bot password that may edit. The packages need root
# and the network for the first run; settings and pages stay in PREFIX.
set -eu

: "${PREFIX:?the folder of the wiki}"
PORT=${PORT:-8919}
MEDIAWIKI=/var/lib/mediawiki
export MW_CONFIG_FILE="$PREFIX/LocalSettings.php"

mkdir -p "$PREFIX"
(
    flock 9
    if ! [ -e "$MEDIAWIKI/api.php" ] || ! php -m 2>/dev/null | grep -q pdo_sqlite; then
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -q
        apt-get install -q -y --no-install-recommends mediawiki php-cli php-sqlite3 php-mbstring php-xml php-intl php-curl sqlite3
    fi
    if ! [ -e "$PREFIX/installed" ]; then
        rm -rf "$PREFIX/data" "$MW_CONFIG_FILE"
        mkdir -p "$PREFIX/data"
        env -u MW_CONFIG_FILE php "$MEDIAWIKI/maintenance/install.php" --dbtype sqlite --dbpath "$PREFIX/data" --dbname wiki \
            --server http://127.0.0.1 --scriptpath "" --confpath "$PREFIX" --installdbuser x --pass 'AdminPassw0rd!x' KB Admin
        printf '$wgMainCacheType = CACHE_NONE;\n$wgJobRunRate = 0;\n$wgServer = getenv("CASEBOOK_WIKI") ?: $wgServer;\n' \
            >>"$MW_CONFIG_FILE"
        php "$MEDIAWIKI/maintenance/createAndPromote.php" Robot 'RobotPassw0rd!x'
        php "$MEDIAWIKI/maintenance/createBotPassword.php" --appid casebook \
            --grants basic,highvolume,editpage,createeditmovepage Robot casebookcasebookcasebookcasebook
        touch "$PREFIX/installed"
    fi
) 9>"$PREFIX/lock" >&2
[ "${1:-}" = install ] && exit 0

if [ "$PORT" = 0 ]; then
    PORT=$(php -r '$s = stream_socket_server("tcp://127.0.0.1:0"); echo parse_url(stream_socket_get_name($s, false), PHP_URL_PORT);')
fi
export CASEBOOK_WIKI="http://127.0.0.1:$PORT"
exec 3<&0
php -S "127.0.0.1:$PORT" -t "$MEDIAWIKI" >"$PREFIX/server.log" 2>&1 3<&- &
SERVER=$!
trap 'kill "$SERVER" 2>/dev/null || true' EXIT
trap 'exit 0' TERM INT
tries=0
until php -r "exit(@fsockopen('127.0.0.1', $PORT) ? 0 : 1);"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$SERVER" 2>/dev/null; then
        cat "$PREFIX/server.log" >&2
        exit 1
    fi
    sleep 0.1
done
echo "listening on $CASEBOOK_WIKI"
# `cat` in the background with `wait`, so that a signal is served at once; standard input of what runs there would be empty.
cat >/dev/null <&3 &
wait $!
