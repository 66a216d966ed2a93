#!/bin/sh
# Copies a PostgreSQL database to another server with pg_dump and pg_restore, inside of a cluster. The source is only read. The target has to
# be empty; what a restore that fails or is stopped has created there is removed again.
#
# Runs with dash and with the sh of BusyBox, as any user, with a read-only root file system. Environment:
#   SOURCE_URL, TARGET_URL   a connection URL, with or without a scheme; or SOURCE_URL_FILE, TARGET_URL_FILE, a file that contains it; or
#   SOURCE_HOST, _PORT, _USER, _PASSWORD, _DATABASE   its parts, not encoded; for the target alike
#   TARGET_SSLCERT, TARGET_SSLKEY   files of a client certificate
#   SSL_CERT_FILE   CA certificates, for a target whose sslmode verifies the server and names none
#   PURPOSE   what the database is for, for the log
#   WORK      a folder for the dump and for how far the copy came (/copy); a volume that persists makes the copy resumable
#   JOBS      the number of tables that are copied at a time (4)
#   FORCE=1   copy although other sessions use the source, or the dump has probably not enough space
#   KEEP_PARTIAL=1   do not empty the target after a failure
# Exit code: 0 copied, 1 refused before anything was changed, 2 failed, 143 stopped. Each phase writes a line to the log:
#   LangSmithPg.Move/1 <run> <JSON>
# Secrets are neither arguments of programs nor in the log.

set -u
set -f
umask 077
export LC_ALL=C

WORK=${WORK:-/copy}
JOBS=${JOBS:-4}
PURPOSE=${PURPOSE:-LangSmith}
EMPTY_SQL=${EMPTY_SQL:-${0%/*}/empty.sql}
STATE_SQL=${STATE_SQL:-${0%/*}/state.sql}

tab=$(printf '\t')
newline='
'
run=$(od -An -N4 -tx1 /dev/urandom | tr -d ' \n')
application=langsmithpg-move-$run
dump=$WORK/dump
phase=start
child=
restoring=
phase_began=0
phase_time=
details=

# --- Log ---

# Text as the content of a JSON string, on one line.
json() {
    printf %s "$1" | tr '\n\t\r' '   ' | tr -d '\000-\037\177' | sed 's/\\/\\\\/g; s/"/\\"/g'
}

now() {
    date -u +%Y-%m-%dT%H:%M:%SZ
}

# say STATUS [JSON members]
say() {
    printf 'LangSmithPg.Move/1 %s {"purpose":"%s","phase":"%s","status":"%s"%s}\n' "$run" "$(json "$PURPOSE")" "$phase" "$1" "${2:-}"
}

begin() {
    phase=$1
    phase_began=$(date +%s)
    phase_time=$(now)
    details=
    say Started ",\"started\":\"$phase_time\""
}

# The end of the phase. finish STATUS [MESSAGE]; $details has further members.
finish() {
    if [ "${2:-}" ]; then details="$details,\"message\":\"$(json "$(mask "$2")")\""; fi
    say "$1" ",\"started\":\"$phase_time\",\"ended\":\"$(now)\",\"seconds\":$(($(date +%s) - phase_began))$details"
}

# All occurrences of $2 in $1.
without() {
    if [ -z "$2" ]; then printf %s "$1"; return; fi
    rest=$1
    shown=
    while :; do
        case $rest in
            *"$2"*) shown="$shown${rest%%"$2"*}***"; rest=${rest#*"$2"} ;;
            *) break ;;
        esac
    done
    printf %s "$shown$rest"
}

# A password that is the name of its user or database, as the chart's own, would make messages unreadable, and the names are in them anyway.
mask() {
    masked=$1
    if [ "${source_password:-}" != "${source_user:-}" ] && [ "${source_password:-}" != "${source_database:-}" ]; then
        masked=$(without "$masked" "${source_password:-}")
    fi
    if [ "${target_password:-}" != "${target_user:-}" ] && [ "${target_password:-}" != "${target_database:-}" ]; then
        masked=$(without "$masked" "${target_password:-}")
    fi
    masked=$(without "$masked" "${source_written:-}")
    without "$masked" "${target_written:-}"
}

# What a program said of its failure, without the statements, which may hold data.
reason() {
    text=$(grep -E '^([a-z_]+: )?(error|fatal|detail|hint|ERROR|FATAL|DETAIL|HINT|psql:)|: (error|fatal|ERROR|FATAL|connection to server)' "$messages" | grep -v 'Command was' | tail -n 5)
    if [ -z "$text" ]; then text=$(tail -n 3 "$messages"); fi
    printf %s "$text"
}

# --- End ---

leave() {
    trap '' TERM INT HUP
    rm -rf "$private"
    exit "$1"
}

# Nothing was changed yet.
refuse() {
    finish Failed "$1"
    leave 1
}

fail() {
    finish Failed "$1"
    if [ "$restoring" ]; then empty_again; fi
    leave 2
}

stop() {
    trap '' TERM INT HUP
    if [ "$child" ]; then
        kill -TERM "$child" 2>/dev/null
        # It tells the server, which on a frozen network takes no end.
        (sleep 5; kill -KILL "$child") > /dev/null 2>&1 &
        patience=$!
        wait "$child" 2>/dev/null
        kill "$patience" 2>/dev/null
    fi
    [ -f "$WORK/dumped" ] || rm -rf "$dump"
    if [ "$phase" = analyze ]; then
        finish Stopped 'The copy was stopped: the data was copied, but not analyzed, without which queries are slow. Run ANALYZE in the target.'
    else
        finish Stopped 'The copy was stopped.'
    fi
    if [ "$restoring" ]; then empty_again; fi
    leave 143
}

empty_again() {
    if [ "${KEEP_PARTIAL:-}" = 1 ]; then
        begin empty
        finish Skipped 'The target is partially filled, as KEEP_PARTIAL requires.'
        return
    fi
    begin empty
    if empty_target; then
        finish Succeeded 'The target was emptied again.'
    else
        finish Failed "The target is partially filled, and could not be emptied: $problem"
    fi
}

# --- Connections ---

# %41 in $1 becomes A.
decode() {
    rest=$1
    decoded=
    while :; do
        case $rest in
            *%[0-9A-Fa-f][0-9A-Fa-f]*)
                head=${rest%%%[0-9A-Fa-f][0-9A-Fa-f]*}
                rest=${rest#"$head"%}
                tail=${rest#??}
                # The dot keeps a newline at the end.
                byte=$(printf "\\$(printf %03o "0x${rest%"$tail"}").")
                decoded=$decoded$head${byte%.}
                rest=$tail ;;
            *) break ;;
        esac
    done
    decoded=$decoded$rest
}

# Parameters of libpq that a URL may have. What others mean to LangSmith's driver, such as settings of the session, is nothing to a copy.
known=' application_name channel_binding client_encoding connect_timeout gssencmode hostaddr keepalives keepalives_count keepalives_idle keepalives_interval krbsrvname load_balance_hosts max_protocol_version min_protocol_version options require_auth requirepeer ssl_max_protocol_version ssl_min_protocol_version sslcert sslcertmode sslcrl sslcrldir sslkey sslmode sslnegotiation sslpassword sslrootcert sslsni target_session_attrs tcp_user_timeout '

# Reads a URL into the variables host, port, user, password, database, and the file of other parameters.
parse() {
    url=$1
    url=${url%"$newline"}
    case $url in
        *://*) url=${url#*://} ;;
    esac
    query=
    case $url in *\?*) query=${url#*\?}; url=${url%%\?*} ;; esac
    authority=${url%%/*}
    path=
    case $url in */*) path=${url#*/} ;; esac
    login=
    hosts=$authority
    case $authority in *@*) login=${authority%@*}; hosts=${authority##*@} ;; esac
    written=
    case $login in *:*) written=${login#*:} ;; esac
    decode "${login%%:*}"; user=$decoded
    decode "$written"; password=$decoded
    decode "$path"; database=$decoded
    host=
    port=
    rest_of_hosts=$hosts,
    while [ "$rest_of_hosts" ]; do
        one=${rest_of_hosts%%,*}
        rest_of_hosts=${rest_of_hosts#*,}
        number=
        case $one in
            \[*\]:*) number=${one##*]:}; one=${one%%]*}; one=${one#[} ;;
            \[*\]) one=${one%]}; one=${one#[} ;;
            *:*) number=${one##*:}; one=${one%:*} ;;
        esac
        decode "$one"
        host=$host${host:+,}$decoded
        port=$port${port:+,}${number:-5432}
    done
    while [ "$query" ]; do
        pair=${query%%&*}
        case $query in *\&*) query=${query#*&} ;; *) query= ;; esac
        name=${pair%%=*}
        decode "${pair#*=}"
        case $name in
            host) host=$decoded ;;
            port) port=$decoded ;;
            user) user=$decoded ;;
            password) password=$decoded; written=${pair#*=} ;;
            dbname) database=$decoded ;;
            ssl) if [ "$decoded" = true ]; then parameter sslmode require; fi ;;
            *) case $known in *" $name "*) parameter "$name" "$decoded" ;; *) ignored=$ignored${ignored:+, }$name ;; esac ;;
        esac
    done
}

# A file of services holds one parameter on a line.
parameter() {
    case $2 in *"$newline"*) refuse "The parameter $1 of the connection to the $side is not valid." ;; esac
    printf '%s=%s\n' "$1" "$2" >> "$services"
}

# connection SIDE URL URL_FILE HOST PORT USER PASSWORD DATABASE
connection() {
    side=$1
    ignored=
    written=
    services=$private/$side
    printf '[copy]\n' > "$services"
    text=$2
    if [ -z "$text" ] && [ "$3" ]; then
        if [ ! -r "$3" ]; then refuse "The file with the URL of the $side cannot be read: the Secret or its key is missing."; fi
        text=$(cat "$3")
    fi
    if [ "$4" ]; then
        host=$4 port=${5:-5432} user=$6 password=$7 database=$8
    elif [ "$text" ]; then
        parse "$text"
    else
        refuse "There is no connection to the $side: the Secret or its key is missing."
    fi
    # A network that freezes ends the program, and does not hold up the pod.
    for default in keepalives_idle=30 keepalives_interval=10 keepalives_count=6 tcp_user_timeout=90000; do
        grep -q "^${default%%=*}=" "$services" || printf '%s\n' "$default" >> "$services"
    done
    if [ -z "$host" ] || [ -z "$user" ]; then refuse "The connection to the $side is not valid: it has no host or no user. If it comes from a Secret, the Secret or its key may be missing."; fi
    database=${database:-$user}
    if [ "$ignored" ]; then details="$details,\"${side}Ignored\":\"$(json "$ignored")\""; fi
}

# as SIDE PROGRAM …: the program with the connection in its environment; it takes the place of a shell of its own.
as() {
    side=$1
    shift
    unset PGHOSTADDR PGOPTIONS PGSSLMODE PGSSLROOTCERT PGSSLCERT PGSSLKEY PGREQUIRESSL PGTARGETSESSIONATTRS PGCHANNELBINDING PGCLIENTENCODING PGPASSWORD PGDATABASE
    if [ "$side" = source ]; then
        PGHOST=$source_host PGPORT=$source_port PGUSER=$source_user PGPASSWORD=$source_password PGDATABASE=$source_database
    else
        PGHOST=$target_host PGPORT=$target_port PGUSER=$target_user PGPASSWORD=$target_password PGDATABASE=$target_database
        if [ "${TARGET_SSLCERT:-}" ]; then
            export PGSSLCERT="$TARGET_SSLCERT" PGSSLKEY="${TARGET_SSLKEY:-}"
        fi
    fi
    PGSERVICEFILE=$private/$side PGSERVICE=copy PGPASSFILE=$private/none PGAPPNAME=${session:-$application}
    PGCONNECT_TIMEOUT=${PGCONNECT_TIMEOUT:-15}
    export PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGSERVICEFILE PGSERVICE PGPASSFILE PGAPPNAME PGCONNECT_TIMEOUT
    unset SOURCE_URL TARGET_URL SOURCE_PASSWORD TARGET_PASSWORD
    exec "$@"
}

# ask SIDE SQL [psql option …]: the answer is in $answer.
ask() {
    asked=$1
    statement=$2
    shift 2
    answer=$(printf '%s\n' "$statement" | (as "$asked" psql -X -q -A -t -w -v ON_ERROR_STOP=1 -F "$tab" "$@" -f -) 2>"$messages")
}

# A program that a signal ends, too. work SIDE PROGRAM …
work() {
    as "$@" > "$output" 2> "$messages" &
    child=$!
    wait "$child"
    result=$?
    child=
    return "$result"
}

major() {
    case $1 in
        ??????) printf %s "${1%????}" ;;
        *) printf %s 0 ;;
    esac
}

# --- Queries: every name is qualified ---

identity_sql="select pg_catalog.concat(d.oid, ':', d.datname, ':', pg_catalog.current_setting('server_version_num')) from pg_catalog.pg_database d where d.datname operator(pg_catalog.=) pg_catalog.current_database()"
system_sql='select s.system_identifier from pg_catalog.pg_control_system() s'
version_sql="select pg_catalog.current_setting('server_version_num'), pg_catalog.current_setting('server_version'), pg_catalog.pg_database_size(pg_catalog.current_database())"

sessions_sql="set search_path = pg_catalog;
select count(*), string_agg(distinct concat_ws(' ', usename, nullif(application_name, ''), host(client_addr)), ', ')
from pg_stat_activity
where datname = current_database() and usesysid is not null and coalesce(backend_type, 'client backend') = 'client backend' and pid <> pg_backend_pid()
  and application_name not like 'langsmithpg-move-%'"

objects_sql="set search_path = pg_catalog;
with s as materialized (
  select oid, nspname from pg_namespace n where nspname <> 'information_schema' and nspname not like 'pg\\_%'
), m as materialized (
  select classid, objid from pg_depend where deptype = 'e'
), o as (
  select format('%I.%I', s.nspname, c.relname) as name from pg_class c join s on s.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and not exists (select from m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
  union all
  select format('%I.%I', s.nspname, p.proname) from pg_proc p join s on s.oid = p.pronamespace
  where not exists (select from m where m.classid = 'pg_proc'::regclass and m.objid = p.oid)
  union all
  select format('%I.%I', s.nspname, t.typname) from pg_type t join s on s.oid = t.typnamespace
  where t.typtype in ('d', 'e', 'r', 'c') and (t.typtype <> 'c' or exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
    and not exists (select from m where m.classid = 'pg_type'::regclass and m.objid = t.oid)
  union all
  select concat('large object ', l.oid) from pg_largeobject_metadata l
)
select count(*), min(name) from o"

kept_sql="set search_path = pg_catalog;
select coalesce(json_agg(nspname order by nspname), '[]') from pg_namespace where nspname <> 'information_schema' and nspname not like 'pg\\_%'"

schemas_sql="set search_path = pg_catalog;
select oid, nspname from pg_namespace where nspname not like 'pg\\_%' and nspname !~ '[[:cntrl:]]'"

extensions_sql="set search_path = pg_catalog;
select e.extname,
  case when n.nspname <> 'pg_catalog' then format('create schema if not exists %I; ', n.nspname) else '' end
    || format('create extension if not exists %I', e.extname) || case when n.nspname <> 'pg_catalog' then format(' schema %I', n.nspname) else '' end || ' cascade;'
from pg_extension e join pg_namespace n on n.oid = e.extnamespace order by e.oid"

# --- Emptying ---

# Whether there is nothing in the target; otherwise $problem says what.
is_empty() {
    problem=
    if ! ask target "$objects_sql"; then problem=$(reason); return 1; fi
    count=${answer%%"$tab"*}
    if [ "$count" = 0 ]; then return 0; fi
    problem="it contains $count object(s), such as ${answer#*"$tab"}"
    return 1
}

# Sessions of the restore may still build an index for a client that is gone: they end first.
empty_target() {
    session=langsmithpg-empty
    attempt=0
    while :; do
        if ! ask target "select pg_catalog.count(pg_catalog.pg_terminate_backend(a.pid)) from pg_catalog.pg_stat_activity a where a.application_name operator(pg_catalog.=) :'application' and a.usename operator(pg_catalog.=) session_user" -v "application=$restoring"; then
            problem=$(reason)
            session=
            return 1
        fi
        if [ "$answer" = 0 ] || [ "$attempt" -ge 30 ]; then break; fi
        attempt=$((attempt + 1))
        sleep 1
    done
    if ! ask target "select pg_catalog.set_config('langsmithpg.kept_schemas', :'kept', false) \\g $private/none.out
$(cat "$EMPTY_SQL")" -v "kept=$(cat "$WORK/kept.json")"; then
        problem=$(reason)
        session=
        return 1
    fi
    session=
    if ! is_empty; then return 1; fi
    restoring=
    rm -f "$WORK/restoring"
}

# --- Start ---

private=${TMPDIR:-/tmp}/langsmithpg-$run
if ! mkdir "$private" 2>/dev/null; then
    private=$WORK/.private-$run
    mkdir -p "$private" 2>/dev/null || { say Failed ",\"message\":\"The folder $(json "$WORK") cannot be written.\""; exit 1; }
fi
messages=$private/messages
output=$private/output
: > "$messages"
: > "$output"
session=
trap stop TERM INT HUP

begin versions
if ! mkdir -p "$WORK" 2>/dev/null || ! : 2>/dev/null > "$WORK/.written"; then refuse "The folder $WORK cannot be written."; fi
rm -f "$WORK/.written"
for file in "$EMPTY_SQL" "$STATE_SQL"; do
    [ -r "$file" ] || refuse "$file is missing."
done
for program in pg_dump pg_restore psql; do
    command -v "$program" > /dev/null || refuse "The image does not contain $program."
done

connection source "${SOURCE_URL:-}" "${SOURCE_URL_FILE:-}" "${SOURCE_HOST:-}" "${SOURCE_PORT:-}" "${SOURCE_USER:-}" "${SOURCE_PASSWORD:-}" "${SOURCE_DATABASE:-}"
source_host=$host source_port=$port source_user=$user source_password=$password source_database=$database source_written=$written
connection target "${TARGET_URL:-}" "${TARGET_URL_FILE:-}" "${TARGET_HOST:-}" "${TARGET_PORT:-}" "${TARGET_USER:-}" "${TARGET_PASSWORD:-}" "${TARGET_DATABASE:-}"
target_host=$host target_port=$port target_user=$user target_password=$password target_database=$database target_written=$written

client_text=$(pg_dump --version)
client=${client_text#*PostgreSQL) }
client=${client%% *}
client_major=${client%%[!0-9]*}

# libpq looks for CA certificates in the home folder, where there are none.
if grep -q '^sslmode=verify' "$private/target" && ! grep -q '^sslrootcert=' "$private/target"; then
    authorities=${SSL_CERT_FILE:-}
    if [ -z "$authorities" ] && [ -r "$WORK/authorities.pem" ]; then authorities=$WORK/authorities.pem; fi
    if [ "$authorities" ]; then
        printf 'sslrootcert=%s\n' "$authorities" >> "$private/target"
    elif [ "$client_major" -ge 16 ] && grep -q '^sslmode=verify-full' "$private/target"; then
        printf 'sslrootcert=system\n' >> "$private/target"
    fi
fi

ask source "$version_sql" || refuse "Could not connect to the source: $(reason)"
source_version=${answer%%"$tab"*}
source_bytes=${answer##*"$tab"}
shown=${answer#*"$tab"}
details="$details,\"source\":\"$(json "${shown%%"$tab"*}")\",\"bytes\":$source_bytes"
ask target "$version_sql" || refuse "Could not connect to the target: $(reason)"
target_version=${answer%%"$tab"*}
shown=${answer#*"$tab"}
details="$details,\"target\":\"$(json "${shown%%"$tab"*}")\",\"client\":\"$(json "$client")\""
source_major=$(major "$source_version")
target_major=$(major "$target_version")
if [ "$client_major" -lt "$source_major" ]; then
    refuse "pg_dump $client_major cannot dump PostgreSQL $source_major. Use an image of PostgreSQL $source_major or later."
fi
if [ "$target_major" -lt "$source_major" ]; then
    refuse "The target is PostgreSQL $target_major, which is older than the source, PostgreSQL $source_major."
fi
if [ "$client_major" -ge 17 ] && [ "$target_major" -lt 17 ]; then
    refuse "pg_restore $client_major sets transaction_timeout, which PostgreSQL $target_major does not have. Use an image of PostgreSQL $target_major."
fi

# Which database it is, under whatever name; some servers do not tell their number.
ask source "$identity_sql" || refuse "Could not query the source: $(reason)"
source_id=$answer
if ask source "$system_sql"; then source_id=$answer:$source_id; else source_id=$source_host:$source_port:$source_id; fi
ask target "$identity_sql" || refuse "Could not query the target: $(reason)"
target_id=$answer
if ask target "$system_sql"; then target_id=$answer:$target_id; else target_id=$target_host:$target_port:$target_id; fi
if [ "$source_id" = "$target_id" ]; then refuse 'The source and the target are the same database.'; fi
finish Succeeded

begin sessions
attempt=0
while :; do
    ask source "$sessions_sql" || refuse "Could not query the source: $(reason)"
    sessions=${answer%%"$tab"*}
    # One that has just been closed is gone in a moment.
    if [ "$sessions" = 0 ] || [ "$attempt" -ge 3 ]; then break; fi
    attempt=$((attempt + 1))
    sleep 1
done
details="$details,\"count\":$sessions"
if [ "$sessions" != 0 ] && [ "${FORCE:-}" != 1 ]; then
    refuse "Other sessions use the source, and what they write would be missing in the target: ${answer#*"$tab"}. Scale the workloads of LangSmith to zero first."
fi
ask source "set search_path = pg_catalog;
$(cat "$STATE_SQL")" || refuse "Could not query the source: $(reason)"
stamp="$source_id $answer $client_major"
finish Succeeded

begin target
kept=
copied=
if [ "$sessions" = 0 ] && [ -f "$WORK/copied" ] && [ "$(cat "$WORK/copied")" = "$target_id$newline$stamp" ] && ! is_empty; then copied=1; fi
if [ -f "$WORK/restoring" ] && [ "$(sed -n 1p "$WORK/restoring")" = "$target_id" ] && [ -f "$WORK/kept.json" ]; then
    restoring=$(sed -n 2p "$WORK/restoring")
    if ! empty_target; then
        restoring=
        finish Failed "The target could not be emptied of the restore that was interrupted: $problem"
        leave 2
    fi
    details="$details,\"emptied\":true"
    kept=$(cat "$WORK/kept.json")
fi
if [ "$copied" ]; then
    finish Skipped 'The database was copied by an earlier run: the source has not changed since.'
else
    is_empty || refuse "The target is not empty: $problem."
    if [ -z "$kept" ]; then
        ask target "$kept_sql" || refuse "Could not query the target: $(reason)"
        printf '%s\n' "$answer" > "$WORK/kept.json"
    fi
    rm -f "$WORK/restoring" "$WORK/copied"
    finish Succeeded

    begin dump
    if [ "$sessions" = 0 ] && [ -f "$WORK/dumped" ] && [ "$(cat "$WORK/dumped")" = "$stamp" ] && [ -f "$dump/toc.dat" ]; then
        details="$details,\"bytes\":$(($(du -sk "$dump" | cut -f 1) * 1024))"
        finish Skipped 'The complete dump of an earlier run is used: the source has not changed since.'
    else
        rm -rf "$dump" "$WORK/dumped"
        free=$(df -Pk "$WORK" 2>/dev/null | awk 'NR == 2 { print $4 }')
        case $free in
            ''|*[!0-9]*) ;;
            *)
                details="$details,\"free\":$((free * 1024))"
                if [ "$((free * 1024))" -lt "$((source_bytes / 10))" ] && [ "${FORCE:-}" != 1 ]; then
                    refuse "The volume at $WORK has $((free / 1024)) MB of free space, and the database has $((source_bytes / 1048576)) MB: the dump, although compressed, usually takes more than a tenth of that. Use a larger volume."
                fi ;;
        esac
        # Comments stay, as the data of LangSmith's own objects; only those of extensions, which their owner alone may set, are left out of the restore.
        # LangSmith is stopped meanwhile: the least compression takes a third of the time of the usual one, and a tenth more of space.
        if ! work source pg_dump --format=directory "--file=$dump" "--jobs=$JOBS" --compress=1 --no-owner --no-acl --no-publications --no-subscriptions \
            --quote-all-identifiers --lock-wait-timeout=60s --no-password; then
            text="pg_dump failed: $(reason)"
            rm -rf "$dump"
            fail "$text"
        fi
        ask source "$schemas_sql" || fail "Could not query the source: $(reason)"
        printf '%s\n' "$answer" > "$WORK/schemas"
        printf '%s\n' "$stamp" > "$WORK/dumped"
        details="$details,\"bytes\":$(($(du -sk "$dump" | cut -f 1) * 1024))"
        finish Succeeded
    fi

    begin extensions
    ask source "$extensions_sql" || fail "Could not query the source: $(reason)"
    printf '%s\n' "$answer" > "$private/extensions"
    ask target 'select e.extname from pg_catalog.pg_extension e' || fail "Could not query the target: $(reason)"
    printf '%s\n' "$answer" > "$private/present"
    created=
    statements=
    while IFS=$tab read -r name statement; do
        if [ "$name" ] && ! grep -Fqx -e "$name" "$private/present"; then
            created=$created${created:+, }$name
            statements="$statements$statement$newline"
        fi
    done < "$private/extensions"
    # From here on, there is something in the target.
    restoring=$application
    printf '%s\n%s\n' "$target_id" "$application" > "$WORK/restoring"
    if [ "$statements" ]; then
        ask target "set search_path = pg_catalog, pg_temp;
    $statements" --single-transaction || fail "An extension of the source could not be created in the target ($created): $(reason)"
    fi
    details="$details,\"created\":\"$(json "$created")\""
    finish Succeeded

    begin restore
    ask target "$schemas_sql" || fail "Could not query the target: $(reason)"
    printf '%s\n' "$answer" > "$private/target-schemas"
    work target pg_restore --list "$dump" || fail "pg_restore cannot read the dump: $(reason)"
    # What an ordinary role may not create, and the schemas that the target has: by their number in the source, as the list does not quote names.
    if ! awk -F "$tab" '
        FILENAME == ARGV[1] { present[$2] = 1; next }
        FILENAME == ARGV[2] { if ($2 in present) number[$1] = 1; next }
        {
            split($0, part, " ")
            what = $0
            if (!sub(/^[0-9]+; [0-9]+ [0-9]+ /, "", what)) { print; next }
            if (what ~ /^(EXTENSION|ACL|DEFAULT ACL|PUBLICATION|PUBLICATION TABLE|PUBLICATION TABLES IN SCHEMA|SUBSCRIPTION|SUBSCRIPTION TABLE|EVENT TRIGGER) /) next
            if (what ~ /^COMMENT - (EXTENSION|EVENT TRIGGER|PUBLICATION|SUBSCRIPTION) /) next
            if (what ~ /^SCHEMA - / && part[2] == 2615 && part[3] in number) next
            if (what ~ /^SCHEMA - public /) { if ("public" in present) next }
            if (what ~ /^COMMENT - SCHEMA /) {
                left = 0
                for (name in present) if (index(what, "COMMENT - SCHEMA " name " ") == 1 || index(what, "COMMENT - SCHEMA \"" name "\" ") == 1) left = 1
                if (left) next
            }
            print
        }' "$private/target-schemas" "$WORK/schemas" "$output" > "$WORK/list" 2> "$messages"; then
        fail "The list of the restore could not be written: $(reason)"
    fi
    if ! work target pg_restore --dbname=service=copy --format=directory "--jobs=$JOBS" --no-owner --no-acl --no-tablespaces --no-publications --no-subscriptions \
        --exit-on-error "--use-list=$WORK/list" --no-password "$dump"; then
        fail "pg_restore failed: $(reason)"
    fi
    ask target "$version_sql" || fail "Could not query the target: $(reason)"
    details="$details,\"bytes\":${answer##*"$tab"}"
    finish Succeeded

    # The data is there: what comes now changes none of it.
    restoring=
    printf '%s\n%s\n' "$target_id" "$stamp" > "$WORK/copied"
    rm -f "$WORK/restoring"
fi

begin analyze
printf 'set statement_timeout = 0; analyze;\n' > "$private/analyze.sql"
if work target psql -X -q -w -v ON_ERROR_STOP=1 -f "$private/analyze.sql"; then
    finish Succeeded
else
    finish Warning "The data was copied, but not analyzed, without which queries are slow. Run ANALYZE in the target: $(reason)"
fi

begin copy
details=",\"bytes\":$source_bytes"
finish Succeeded
leave 0
