#!/bin/sh
# Installs Roundup with a classic tracker into a folder, and serves it on this machine alone until standard input ends.
#
# usage: PREFIX=DIR [PORT=8921] [DATA=DIR/tracker] roundup.sh [install]
#
# `install` ends after the installation; what is there already is left alone. DATA is the folder of the tracker: another one than the
# usual begins as a copy of the empty tracker of the installation. Without `install` the first line of standard output is
# `listening on http://127.0.0.1:PORT/t`; PORT 0 takes a free port. The account is admin with the password secretpw.
# Needs python3 with venv, and the network for the first run.
set -eu

: "${PREFIX:?the folder to install into}"
PORT=${PORT:-8921}
DATA=${DATA:-$PREFIX/tracker}
VERSION=2.6.0
BIN=$PREFIX/venv/bin

mkdir -p "$PREFIX"
(
    flock 9
    if [ ! -e "$PREFIX/installed-$VERSION" ]; then
        python3 -m venv "$PREFIX/venv"
        "$BIN/pip" install --quiet --disable-pip-version-check --no-deps "roundup==$VERSION"
        rm -rf "$PREFIX/empty"
        mkdir -p "$PREFIX/empty"
        "$BIN/roundup-admin" -i "$PREFIX/empty" install classic sqlite
        # Passwords are hashed with fewer rounds, as every request of a test is checked anew; mail goes to a file.
        sed -i "s|^#web = NO DEFAULT|web = http://127.0.0.1/t/|; s|^#domain = NO DEFAULT|domain = localhost|
            s|^#host = NO DEFAULT|host = localhost|; s|^password_pbkdf2_default_rounds = .*|password_pbkdf2_default_rounds = 1000|
            s|^debug = *\$|debug = mail.log|" "$PREFIX/empty/config.ini"
        "$BIN/roundup-admin" -i "$PREFIX/empty" initialise secretpw
        touch "$PREFIX/installed-$VERSION"
    fi
) 9>"$PREFIX/lock" >&2
[ "${1:-}" = install ] && exit 0

if [ "$PORT" = 0 ]; then
    PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
fi

[ -e "$DATA" ] || cp -R "$PREFIX/empty" "$DATA"
# The check of where a request comes from compares with the address in the settings.
sed -i "s|^web = .*|web = http://127.0.0.1:$PORT/t/|; s|^debug = .*mail.log|debug = $DATA/mail.log|" "$DATA/config.ini"
exec 3<&0
USER_OPTIONS=
if [ "$(id -u)" = 0 ]; then
    chown -R nobody:nogroup "$DATA"
    USER_OPTIONS="-u nobody -g nogroup"
fi
# shellcheck disable=SC2086
"$BIN/roundup-server" $USER_OPTIONS -n 127.0.0.1 -p "$PORT" "t=$DATA" >"$DATA/server.log" 2>&1 3<&- &
SERVER=$!
INPUT=
trap 'kill "$SERVER" $INPUT 2>/dev/null || true' EXIT
trap 'exit 0' TERM INT
tries=0
until python3 -c "import socket; socket.create_connection(('127.0.0.1', $PORT), 1).close()" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$SERVER" 2>/dev/null; then
        cat "$DATA/server.log" >&2
        exit 1
    fi
    sleep 0.1
done
echo "listening on http://127.0.0.1:$PORT/t"
# `cat` in the background with `wait`, so that a signal is served at once; standard input of what runs there would be empty.
cat >/dev/null <&3 &
INPUT=$!
wait "$INPUT"
