-- What moving a database depends on, as one JSON document: asked of the source and of the target. PostgreSQL 14 to 18. The search path is
-- pg_catalog alone. What some servers refuse is asked apart, in identity.sql and available.sql.
with
  db as materialized (
    -- Columns that a version does not have are null.
    select d.oid, d.datname, to_jsonb(d) as "row" from pg_catalog.pg_database d where d.datname = current_database()
  ),
  namespaces as materialized (
    select n.oid, n.nspname from pg_catalog.pg_namespace n where n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
  ),
  -- What belongs to an extension comes with it.
  members as materialized (
    select d.classid, d.objid from pg_catalog.pg_depend d where d.deptype = 'e'
  ),
  relations as materialized (
    select c.oid, c.relname, c.relkind, c.relowner, n.nspname, n.oid as namespace
    from pg_catalog.pg_class c join namespaces n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
      and not exists (select from members m where m.classid = 'pg_catalog.pg_class'::regclass and m.objid = c.oid)
  ),
  objects as materialized (
    select case r.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then 'foreign table' else 'table' end as kind,
      format('%I.%I', r.nspname, r.relname) as name
    from relations r
    -- The sequence of a column comes and goes with its table.
    where r.relkind <> 'S' or not exists (
      select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = r.oid and d.deptype in ('a', 'i'))
    union all
    select case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end, format('%I.%I', n.nspname, p.proname)
    from pg_catalog.pg_proc p join namespaces n on n.oid = p.pronamespace
    where not exists (select from members m where m.classid = 'pg_catalog.pg_proc'::regclass and m.objid = p.oid)
      -- The constructors of a range type come and go with it.
      and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')
    union all
    select case t.typtype when 'd' then 'domain' else 'type' end, format('%I.%I', n.nspname, t.typname)
    from pg_catalog.pg_type t join namespaces n on n.oid = t.typnamespace
    where (t.typtype in ('b', 'd', 'e', 'r') or (t.typtype = 'c' and exists (select from pg_catalog.pg_class c where c.oid = t.typrelid and c.relkind = 'c')))
      and not exists (select from pg_catalog.pg_type e where e.typarray = t.oid)
      and not exists (select from members m where m.classid = 'pg_catalog.pg_type'::regclass and m.objid = t.oid)
    union all
    select 'operator', format('%I.%s', n.nspname, o.oprname)
    from pg_catalog.pg_operator o join namespaces n on n.oid = o.oprnamespace
    where not exists (select from members m where m.classid = 'pg_catalog.pg_operator'::regclass and m.objid = o.oid)
    union all
    select 'collation', format('%I.%I', n.nspname, c.collname)
    from pg_catalog.pg_collation c join namespaces n on n.oid = c.collnamespace
    where not exists (select from members m where m.classid = 'pg_catalog.pg_collation'::regclass and m.objid = c.oid)
    union all
    select 'text search configuration', format('%I.%I', n.nspname, c.cfgname)
    from pg_catalog.pg_ts_config c join namespaces n on n.oid = c.cfgnamespace
    where not exists (select from members m where m.classid = 'pg_catalog.pg_ts_config'::regclass and m.objid = c.oid)
    union all
    select 'text search dictionary', format('%I.%I', n.nspname, c.dictname)
    from pg_catalog.pg_ts_dict c join namespaces n on n.oid = c.dictnamespace
    where not exists (select from members m where m.classid = 'pg_catalog.pg_ts_dict'::regclass and m.objid = c.oid)
    union all
    select 'large object', l.oid::text from pg_catalog.pg_largeobject_metadata l
  ),
  unreadable as materialized (
    select format('%I.%I', r.nspname, r.relname) as name from relations r
    where r.relkind in ('r', 'p', 'm', 'S')
      and not (has_table_privilege(r.oid, 'SELECT') and has_schema_privilege(r.namespace, 'USAGE'))
  ),
  filtered as materialized (
    select format('%I.%I', r.nspname, r.relname) as name from relations r where r.relkind in ('r', 'p') and row_security_active(r.oid)
  ),
  blobs as materialized (
    select l.oid, pg_has_role(l.lomowner, 'USAGE') or exists (
        select from aclexplode(l.lomacl) a
        where a.privilege_type = 'SELECT' and (a.grantee = '0' or pg_has_role(a.grantee, 'USAGE'))) as is_readable
    from pg_catalog.pg_largeobject_metadata l
  ),
  -- What a session of another role does is hidden from an ordinary role, but not that it is there.
  sessions as materialized (
    select coalesce(a.usename::text, '') as "user", coalesce(a.application_name, '') as application, coalesce(a.state, '') as state,
      a.backend_xid is not null as writes, count(*) as count
    from pg_catalog.pg_stat_activity a
    where a.datname = current_database() and a.pid <> pg_backend_pid() and a.usesysid is not null and coalesce(a.backend_type, 'client backend') = 'client backend'
    group by 1, 2, 3, 4
  ),
  -- What only a superuser may create.
  restricted as materialized (
    select case when l.lanname = 'internal' then 'internal function' else 'C function' end as kind, format('%I.%I', n.nspname, p.proname) as name
    from pg_catalog.pg_proc p join namespaces n on n.oid = p.pronamespace join pg_catalog.pg_language l on l.oid = p.prolang
    where l.lanname in ('c', 'internal')
      -- That of an aggregate is the server's.
      and p.prokind <> 'a'
      and not exists (select from members m where m.classid = 'pg_catalog.pg_proc'::regclass and m.objid = p.oid)
      and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')
    union all
    select 'operator class', format('%I.%I', n.nspname, o.opcname)
    from pg_catalog.pg_opclass o join namespaces n on n.oid = o.opcnamespace
    where not exists (select from members m where m.classid = 'pg_catalog.pg_opclass'::regclass and m.objid = o.oid)
    union all
    select 'language', quote_ident(l.lanname)
    from pg_catalog.pg_language l
    where not l.lanpltrusted and l.lanname not in ('c', 'internal')
      and not exists (select from members m where m.classid = 'pg_catalog.pg_language'::regclass and m.objid = l.oid)
    union all
    select 'foreign data wrapper', quote_ident(f.fdwname)
    from pg_catalog.pg_foreign_data_wrapper f
    where not exists (select from members m where m.classid = 'pg_catalog.pg_foreign_data_wrapper'::regclass and m.objid = f.oid)
  )
select json_build_object(
  'start_time', (extract(epoch from pg_postmaster_start_time()))::text,
  'database_id', db.oid::bigint,
  'size', pg_database_size(db.oid),
  'character_type', db."row" ->> 'datctype',
  'locale_provider', coalesce(db."row" ->> 'datlocprovider', 'c'),
  'locale', coalesce(db."row" ->> 'datlocale', db."row" ->> 'daticulocale'),
  'extensions', (
    select coalesce(json_agg(json_build_object('name', e.extname, 'version', e.extversion, 'schema', n.nspname, 'owner', pg_get_userbyid(e.extowner)) order by e.extname), '[]')
    from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql'),
  'object_count', (select count(*) from objects),
  'objects', (
    select coalesce(json_agg(json_build_object('kind', o.kind, 'name', o.name)), '[]')
    from (select kind, name from objects order by kind <> 'table', kind, name limit 10) as o),
  'table_count', (select count(*) from relations r where r.relkind in ('r', 'p')),
  'schemas', (
    select coalesce(json_agg(json_build_object('name', n.nspname, 'can_create', has_schema_privilege(n.oid, 'CREATE'),
      'has_objects', exists (select from relations r where r.namespace = n.oid)
        or exists (select from pg_catalog.pg_proc p where p.pronamespace = n.oid and not exists (select from members m where m.classid = 'pg_catalog.pg_proc'::regclass and m.objid = p.oid))
        or exists (select from pg_catalog.pg_type t where t.typnamespace = n.oid and not exists (select from members m where m.classid = 'pg_catalog.pg_type'::regclass and m.objid = t.oid)
          and not exists (select from pg_catalog.pg_type e where e.typarray = t.oid))) order by n.nspname), '[]')
    from namespaces n
    where not exists (select from members m where m.classid = 'pg_catalog.pg_namespace'::regclass and m.objid = n.oid)),
  'owners', (select coalesce(json_agg(name order by name), '[]') from (select distinct pg_get_userbyid(r.relowner)::text as name from relations r) as o),
  'unreadable_count', (select count(*) from unreadable),
  'unreadable', (select coalesce(json_agg(name), '[]') from (select name from unreadable order by name limit 10) as u),
  'filtered', (select coalesce(json_agg(name order by name), '[]') from filtered),
  'large_objects', (select count(*) from blobs),
  'unreadable_large_objects', (select coalesce(json_agg(oid::bigint order by oid), '[]') from (select oid from blobs where not is_readable order by oid limit 100) as b),
  'sessions', (select coalesce(json_agg(json_build_object('user', s."user", 'application', s.application, 'state', s.state, 'writes', s.writes, 'count', s.count)
    order by s."user", s.application, s.state), '[]') from sessions s),
  'backends', pg_stat_get_db_numbackends(db.oid),
  'sees_all_sessions', pg_has_role('pg_read_all_stats', 'USAGE') or current_setting('is_superuser') = 'on',
  'prepared_transactions', (select coalesce(json_agg(p.gid order by p.gid), '[]') from pg_catalog.pg_prepared_xacts p where p.database = current_database()),
  'slots', (select coalesce(json_agg(s.slot_name order by s.slot_name), '[]') from pg_catalog.pg_replication_slots s where s.database = current_database()),
  'subscriptions', (select coalesce(json_agg(s.subname order by s.subname), '[]') from pg_catalog.pg_subscription s where s.subdbid = db.oid),
  'publications', (select coalesce(json_agg(p.pubname order by p.pubname), '[]') from pg_catalog.pg_publication p),
  'event_triggers', (
    select coalesce(json_agg(t.evtname order by t.evtname), '[]') from pg_catalog.pg_event_trigger t
    where not exists (select from members m where m.classid = 'pg_catalog.pg_event_trigger'::regclass and m.objid = t.oid)),
  'foreign_servers', (
    select coalesce(json_agg(s.srvname order by s.srvname), '[]') from pg_catalog.pg_foreign_server s
    where not exists (select from members m where m.classid = 'pg_catalog.pg_foreign_server'::regclass and m.objid = s.oid)),
  'restricted', (select coalesce(json_agg(json_build_object('kind', r.kind, 'name', r.name) order by r.kind, r.name), '[]') from restricted r),
  'settings', (
    select coalesce(json_agg(json_build_object('role', case when s.setrole <> '0' then pg_get_userbyid(s.setrole)::text end, 'database', db.datname, 'setting', c.setting)
      order by s.setrole, c.setting), '[]')
    from pg_catalog.pg_db_role_setting s cross join lateral unnest(s.setconfig) as c(setting) where s.setdatabase = db.oid),
  'collations', (
    select coalesce(json_agg(json_build_object('name', format('%I.%I', n.nspname, c.collname), 'provider', c.collprovider,
      'locale', coalesce(c.collcollate, to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale')) order by n.nspname, c.collname), '[]')
    from pg_catalog.pg_collation c join namespaces n on n.oid = c.collnamespace
    where not exists (select from members m where m.classid = 'pg_catalog.pg_collation'::regclass and m.objid = c.oid)),
  -- The server's own ones, which a dump does not create: the target has to have those that columns use.
  'used_collations', (
    select coalesce(json_agg(c.collname order by c.collname), '[]') from pg_catalog.pg_collation c
    where c.collnamespace = 'pg_catalog'::regnamespace and c.collname not in ('default', 'C', 'POSIX')
      and exists (select from pg_catalog.pg_attribute a join relations r on r.oid = a.attrelid where a.attcollation = c.oid)),
  'system_collations', (
    select coalesce(json_agg(distinct c.collname::text), '[]') from pg_catalog.pg_collation c
    where c.collnamespace = 'pg_catalog'::regnamespace and c.collencoding in (-1, pg_char_to_encoding(getdatabaseencoding())))
)::text
from db;
