-- What keeps a server from working well for years, as one JSON document. Behind the facts, in the same round trip: what a role may not
-- read costs these facts alone. PostgreSQL 14 to 18; the search path is pg_catalog alone. $1 is LangSmith's schema.
select json_build_object(
  'collation_version', /*collation_version*/null,
  'actual_collation_version', /*actual_collation_version*/null,
  'prepared_transactions', (
    select coalesce(json_agg(json_build_object(
      'id', p.gid, 'owner', pg_get_userbyid(p.ownerid), 'seconds', date_part('epoch'::text, clock_timestamp() - p.prepared)::bigint)), '[]')
    from pg_prepared_xact() p where p.dbid = db.oid),
  'slots', (
    select coalesce(json_agg(json_build_object('name', s.slot_name, 'retained_bytes', case when s.restart_lsn is not null and not pg_is_in_recovery()
      then pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn)::bigint end)), '[]')
    from pg_get_replication_slots() s where not s.active),
  'standbys', walsenders.count,
  -- Whoever may not see them sees them without their state.
  'synchronous_standbys', case when walsenders.hidden = 0 then walsenders.synchronous end,
  'default_tablespace', tablespace.spcname,
  'can_create_in_tablespace', has_tablespace_privilege(tablespace.oid, 'CREATE'::text),
  'default_privileges', (
    select coalesce(json_agg(distinct case when acl.grantee = '0' then 'PUBLIC' else pg_get_userbyid(acl.grantee)::text end), '[]')
    from pg_catalog.pg_default_acl d cross join lateral aclexplode(d.defaclacl) as acl
    where d.defaclrole = me.oid and d.defaclobjtype in ('r', 'S') and acl.grantee <> me.oid
      and (d.defaclnamespace = '0' or d.defaclnamespace = (select n.oid from pg_catalog.pg_namespace n where n.nspname = $1)))
)::text
from pg_catalog.pg_database db
cross join pg_catalog.pg_roles me
cross join lateral (
  select count(*) as count, count(*) filter (where w.sync_state is null) as hidden,
    count(*) filter (where w.sync_state in ('sync', 'quorum')) as synchronous
  from pg_stat_get_wal_senders() w
) as walsenders
left join pg_catalog.pg_tablespace tablespace on tablespace.spcname = current_setting('default_tablespace')
where db.datname = current_database() and me.rolname = current_user;
