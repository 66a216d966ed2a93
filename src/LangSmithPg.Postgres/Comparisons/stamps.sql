-- For every table that holds rows, what changes when its rows do: its file, and how many rows were inserted, updated and deleted since the
-- server or its statistics began. PostgreSQL 14 to 18.
select n.nspname::text, c.relname::text,
  format('%s/%s/%s/%s/%s/%s', s.origin, c.oid, c.relfilenode, pg_stat_get_tuples_inserted(c.oid), pg_stat_get_tuples_updated(c.oid), pg_stat_get_tuples_deleted(c.oid)),
  coalesce(pg_stat_get_tuples_inserted(c.oid) + pg_stat_get_tuples_updated(c.oid) + pg_stat_get_tuples_deleted(c.oid), 0)
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  cross join (
    select format('%s@%s/%s', d.oid, to_char(pg_postmaster_start_time(), 'YYYYMMDDHH24MISSUS'), to_char(pg_stat_get_db_stat_reset_time(d.oid), 'YYYYMMDDHH24MISSUS')) as origin
    from pg_catalog.pg_database d where d.datname = current_database()) s
where c.relkind in ('r', 'm') and c.relpersistence <> 't' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname !~ '^pg_(toast_)?temp_'
