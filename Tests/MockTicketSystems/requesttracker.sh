#!/bin/sh
# Serves Request Tracker 5 on this machine alone until standard input ends, with a data base and settings of its own.
#
# usage: DATA=DIR [PORT=8918] requesttracker.sh [install]
#
# `install` installs the Debian packages (root, the network, about 3 minutes and 380 MB) and ends. Without it, the first line of standard
# output is `listening on http://127.0.0.1:PORT`; PORT 0 takes a free port. DATA begins as a copy of the data base of the package, with
# the queue General, the text field BuildVersion for its tickets, and the account root; `DATA/token` holds its token. Mail that would be
# sent is lost. Needs root, as the data base of the package does.
set -eu

ROOT=/usr/share/request-tracker5
if [ "${1:-}" = install ]; then
    if [ ! -e $ROOT/libexec/rt-server ]; then
        export DEBIAN_FRONTEND=noninteractive
        apt-get update >&2
        apt-get install -y --no-install-recommends request-tracker5 rt5-db-sqlite rt5-standalone starman >&2
    fi
    exit 0
fi

: "${DATA:?the folder for the data base}"
PORT=${PORT:-8918}
if [ "$PORT" = 0 ]; then
    PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
fi

mkdir -p "$DATA/settings" "$DATA/mason"
cat >"$DATA/RT_SiteConfig.pm" <<END
Set(\$rtname, 'example'); Set(\$Organization, 'example'); Set(\$Timezone, 'UTC');
Set(\$WebDomain, '127.0.0.1'); Set(\$WebPort, $PORT); Set(\$WebPath, ''); Set(\$WebBaseURL, 'http://127.0.0.1:$PORT');
Set(\$DatabaseType, 'SQLite'); Set(\$DatabaseName, '$DATA/rtdb');
Set(\$LogToSyslog, undef); Set(\$LogToSTDERR, 'warning'); Set(\$MailCommand, 'testfile'); Set(\$RestrictReferrer, 0);
1;
END
export RT_SITE_CONFIG="$DATA/RT_SiteConfig.pm" RT_SITE_CONFIG_DIR="$DATA/settings"
if [ ! -e "$DATA/token" ]; then
    cp /var/lib/dbconfig-common/sqlite3/request-tracker5/rtdb "$DATA/rtdb"
    perl -I$ROOT/lib -e '
        use RT -init;
        my $token = RT::AuthToken->new(RT->SystemUser);
        my $user = RT::User->new(RT->SystemUser);
        $user->Load("root");
        my ($ok, $said, $secret) = $token->Create(Owner => $user->id, Description => "test");
        die $said unless $ok;
        my $field = RT::CustomField->new(RT->SystemUser);
        $field->Create(Name => "BuildVersion", Type => "FreeformSingle", LookupType => RT::Ticket->CustomFieldLookupType);
        $field->AddToObject(RT::Queue->new(RT->SystemUser));
        print "$secret\n";' >"$DATA/token.new" 2>"$DATA/server.log"
    mv "$DATA/token.new" "$DATA/token"
fi
chown -R www-data:www-data "$DATA"

exec 3<&0
su -s /bin/sh www-data -c "exec $ROOT/libexec/rt-server --server Starman --host 127.0.0.1 --port $PORT --workers 2" \
    >>"$DATA/server.log" 2>&1 3<&- &
SERVER=$!
INPUT=
trap 'kill "$SERVER" $INPUT 2>/dev/null || true' EXIT
trap 'exit 0' TERM INT
tries=0
until python3 -c "import socket; socket.create_connection(('127.0.0.1', $PORT), 1).close()" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 600 ] || ! kill -0 "$SERVER" 2>/dev/null; then
        cat "$DATA/server.log" >&2
        exit 1
    fi
    sleep 0.1
done
echo "listening on http://127.0.0.1:$PORT"
# `cat` in the background with `wait`, so that a signal is served at once; standard input of what runs there would be empty.
cat >/dev/null <&3 &
INPUT=$!
wait "$INPUT"
