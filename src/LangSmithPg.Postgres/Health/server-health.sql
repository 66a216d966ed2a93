-- What goes on in the server, as one JSON document: transaction ids, who holds them back, sessions, locks, slots and counters. Reads no
-- table of the database, takes no lock, and never the text of a query, which may hold data. PostgreSQL 14 to 18; the search path is
-- pg_catalog alone. Lists are bounded, worst first.
with
  db as materialized (
    select d.oid, d.datname from pg_catalog.pg_database d where d.datname = current_database()
  ),
  sessions as materialized (
    select a.pid, a.datid, a.usesysid, coalesce(pg_get_userbyid(a.usesysid)::text, '') as "user", coalesce(a.application_name, '') as application,
      a.state, a.backend_type, a.backend_start, a.backend_xmin,
      -- Of other roles' sessions, an ordinary role sees that they are there and what they hold, but not what they do.
      a.state is null and a.usesysid is not null as is_hidden,
      date_part('epoch'::text, clock_timestamp() - a.xact_start)::bigint as transaction_seconds,
      date_part('epoch'::text, clock_timestamp() - a.state_change)::bigint as state_seconds
    from pg_stat_get_activity(null) a
    where a.pid <> pg_backend_pid()
  ),
  own as materialized (
    select s.*, json_build_object('pid', s.pid, 'user', s."user", 'application', s.application, 'state', s.state, 'started', s.backend_start,
      'transaction_seconds', s.transaction_seconds, 'state_seconds', s.state_seconds) as "row"
    from sessions s join db on db.oid = s.datid
  ),
  waits as materialized (
    select l.pid, max(date_part('epoch'::text, clock_timestamp() - l.waitstart))::bigint as seconds
    from pg_lock_status() l where not l.granted group by l.pid
  ),
  -- pg_blocking_pids looks at every lock of the server: only for those who wait, and not for many.
  blocked as materialized (
    select o.pid, o."row", coalesce(w.seconds, 0) as seconds, pg_blocking_pids(o.pid) as blockers
    from waits w join own o on o.pid = w.pid
    order by w.seconds desc nulls last, o.pid limit 20
  ),
  slots as materialized (
    select s.slot_name::text as name, s.slot_type, s.active, s.wal_status, age(s.xmin) as xmin_age, age(s.catalog_xmin) as catalog_age,
      pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end, s.restart_lsn)::bigint as retained
    from pg_get_replication_slots() s
  ),
  prepared as materialized (
    select p.gid, pg_get_userbyid(p.ownerid)::text as owner, age(p.transaction) as age
    from pg_prepared_xact() p join db on db.oid = p.dbid
  )
select json_build_object(
  'time', clock_timestamp(),
  'sees_sessions', current_setting('is_superuser') = 'on' or pg_has_role('pg_read_all_stats', 'USAGE'),
  'hidden_sessions', (select count(*) from own o where o.is_hidden),
  'settings', (
    select json_object_agg(s.name, s.value)
    from (
      select name, case when name in ('max_slot_wal_keep_size', 'max_wal_size') then pg_size_bytes(current_setting(name))::text else current_setting(name) end as value
      from unnest(array[
        'autovacuum', 'autovacuum_freeze_max_age', 'autovacuum_multixact_freeze_max_age', 'max_slot_wal_keep_size', 'max_wal_size', 'track_counts',
        'vacuum_failsafe_age', 'vacuum_freeze_min_age', 'vacuum_multixact_failsafe_age']) as name
    ) as s),
  'databases', (
    select coalesce(json_agg(json_build_object('name', d.datname, 'transaction_age', d.transaction_age, 'multixact_age', d.multixact_age)), '[]')
    from (
      select datname, age(datfrozenxid) as transaction_age, mxid_age(datminmxid) as multixact_age from pg_catalog.pg_database
      order by greatest(age(datfrozenxid), mxid_age(datminmxid)) desc, datname limit 20) as d),
  -- What keeps VACUUM from removing rows of this database.
  'holders', (
    select coalesce(json_agg(json_build_object('kind', h.kind, 'name', h.name, 'age', h.age, 'session', h."row")), '[]')
    from (
      select * from (
        select 'session' as kind, o.pid::text as name, age(o.backend_xmin) as age, o."row" from own o where o.backend_xmin is not null
        union all
        select 'standby', s.application, age(s.backend_xmin), null from sessions s
        where s.backend_xmin is not null and s.usesysid is not null and coalesce(s.datid, '0') = '0'
        union all
        select 'slot', s.name, greatest(s.xmin_age, s.catalog_age), null from slots s where s.xmin_age is not null or s.catalog_age is not null
        union all
        select 'prepared', p.gid, p.age, null from prepared p
      ) as every
      order by age desc, kind, name limit 5) as h),
  'transactions', (
    select coalesce(json_agg(t."row"), '[]')
    from (select o."row" from own o where o.backend_type = 'client backend' and o.transaction_seconds is not null order by o.transaction_seconds desc, o.pid limit 20) as t),
  'idle_in_transaction', (
    select coalesce(json_agg(t."row"), '[]')
    from (select o."row" from own o where o.state like 'idle in transaction%' order by o.state_seconds desc, o.pid limit 20) as t),
  'waiting', (select count(*) from waits w join own o on o.pid = w.pid),
  'blocked', (
    select coalesce(json_agg(json_build_object('session', b."row", 'seconds', b.seconds, 'blockers', to_json(b.blockers)) order by b.seconds desc, b.pid), '[]') from blocked b),
  'blockers', (
    select coalesce(json_agg(o."row" order by o.pid), '[]')
    from own o where o.pid in (select unnest(b.blockers) from blocked b)),
  'slots', (
    select coalesce(json_agg(json_build_object('name', s.name, 'type', s.slot_type, 'active', s.active, 'wal_status', s.wal_status, 'retained_bytes', s.retained)), '[]')
    from (select * from slots order by (wal_status = 'lost') desc nulls last, retained desc nulls last, name limit 20) as s),
  'statistics_since', greatest(pg_stat_get_db_stat_reset_time(db.oid), pg_stat_get_bgwriter_stat_reset_time()),
  'temporary_files', pg_stat_get_db_temp_files(db.oid),
  'temporary_bytes', pg_stat_get_db_temp_bytes(db.oid),
  'blocks_read', pg_stat_get_db_blocks_fetched(db.oid) - pg_stat_get_db_blocks_hit(db.oid),
  'blocks_hit', pg_stat_get_db_blocks_hit(db.oid),
  'checkpoints', (
    select json_build_object('timed', coalesce(c."row" ->> 'num_timed', c."row" ->> 'checkpoints_timed')::bigint,
      'requested', coalesce(c."row" ->> 'num_requested', c."row" ->> 'checkpoints_req')::bigint)
    from (select to_jsonb(v) as "row" from /*checkpoints*/pg_catalog.pg_stat_bgwriter v) as c)
)::text
from db;
