-- Everything the rules judge, as one JSON document in one round trip. $1 is LangSmith's schema.
-- Runs as a role that may do nothing but connect. Objects are looked up in the catalog, never called by name, so nothing here can fail
-- because a provider lacks it. The search path is pg_catalog alone; what it was is in langsmithpg.search_path. PostgreSQL 13 to 18.
with
  -- pg_roles, pg_stat_activity and pg_stat_ssl are views over several catalogs, and this query is the first of its session: every
  -- catalog that it need not open saves the server work. So pg_roles is read once, and functions stand in for the other two.
  roles as materialized (
    select oid, rolname, rolsuper, rolcreaterole, rolcreatedb, rolconnlimit, rolvaliduntil from pg_catalog.pg_roles
    where rolname = current_user
      or rolname in ('alloydbiamuser', 'alloydbsuperuser', 'avnadmin', 'azure_pg_admin', 'azuresu', 'citus', 'cloudsqladmin',
                     'cloudsqliamserviceaccount', 'cloudsqliamuser', 'cloudsqlsuperuser', 'doadmin', 'neon_superuser', 'rds_extension',
                     'rds_iam', 'rds_superuser', 'rdsadmin', 'rdsproxyadmin', 'supabase_admin')
  ),
  me as (
    select * from roles where rolname = current_user
  ),
  db as (
    select oid, datname, datdba, encoding, datconnlimit from pg_catalog.pg_database where datname = current_database()
  ),
  ns as (
    select oid, nspname, nspowner from pg_catalog.pg_namespace where nspname = $1
  )
select json_build_object(
  'server', (
    select json_build_object(
      'version_number', current_setting('server_version_num')::int,
      'version', version(),
      'in_recovery', pg_is_in_recovery(),
      'read_only_by_default', current_setting('default_transaction_read_only') = 'on',
      'address', host(inet_server_addr()),
      'port', inet_server_port(),
      'backend_process_id', pg_backend_pid(),
      'time', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
  ),
  'database', (
    select json_build_object(
      'name', db.datname,
      'owner', pg_get_userbyid(db.datdba),
      'is_owner', pg_has_role(db.datdba, 'USAGE'),
      'encoding', pg_encoding_to_char(db.encoding),
      'connection_limit', db.datconnlimit,
      'connections', pg_stat_get_db_numbackends(db.oid),
      'can_create', has_database_privilege(db.oid, 'CREATE'),
      'can_create_temporary', has_database_privilege(db.oid, 'TEMP'))
    from db
  ),
  'role', (
    select json_build_object(
      'name', me.rolname,
      'session_user', session_user,
      'is_superuser', me.rolsuper,
      'can_create_role', me.rolcreaterole,
      'can_create_database', me.rolcreatedb,
      'connection_limit', me.rolconnlimit,
      'connections', (select count(*) from pg_stat_get_activity(null) where usesysid = me.oid and backend_type = 'client backend'),
      'valid_until', case when isfinite(me.rolvaliduntil)
        then to_char(me.rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end,
      'entra_label', (
        select label from pg_catalog.pg_shseclabel
        where objoid = me.oid and classoid = 'pg_catalog.pg_authid'::regclass and provider = 'pgaadauth'),
      'member_of', (
        select coalesce(json_agg(rolname order by rolname), '[]') from roles
        where rolname in ('rds_iam', 'rds_superuser', 'cloudsqlsuperuser', 'cloudsqliamuser', 'cloudsqliamserviceaccount',
                          'alloydbsuperuser', 'alloydbiamuser', 'azure_pg_admin')
          and pg_has_role(me.oid, oid, 'MEMBER')))
    from me
  ),
  'schema', (
    select json_build_object(
      'name', $1,
      'exists', ns.oid is not null,
      'owner', pg_get_userbyid(ns.nspowner),
      'is_owner', coalesce(pg_has_role(ns.nspowner, 'USAGE'), false),
      'can_use', coalesce(has_schema_privilege(ns.oid, 'USAGE'), false),
      'can_create', coalesce(has_schema_privilege(ns.oid, 'CREATE'), false),
      'objects', (
        -- What an extension brought belongs to the extension, whoever owns it.
        select coalesce(json_agg(json_build_object('owner', owner, 'count', count, 'is_owner', is_owner) order by count desc, owner), '[]')
        from (
          select pg_get_userbyid(c.relowner) as owner, count(*) as count, bool_and(pg_has_role(c.relowner, 'USAGE')) as is_owner
          from pg_catalog.pg_class c
          where c.relnamespace = ns.oid and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
            and not exists (
              select from pg_catalog.pg_depend d
              where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
          group by 1
        ) as owners))
    from (select) as always left join ns on true
  ),
  'search_path', current_setting('langsmithpg.search_path')::json,
  'overrides', (
    select coalesce(json_agg(json_build_object(
      'role', case when s.setrole <> 0 then pg_get_userbyid(s.setrole) end,
      'database', case when s.setdatabase <> 0 then db.datname end,
      'setting', setting) order by s.setrole, s.setdatabase, setting), '[]')
    from pg_catalog.pg_db_role_setting s cross join db cross join me cross join unnest(s.setconfig) as setting
    where s.setrole in (0, me.oid) and s.setdatabase in (0, db.oid)
  ),
  'extensions', (
    select json_agg(json_build_object(
      'name', wanted.name,
      'installed_version', e.extversion,
      'schema', n.nspname,
      'owner', pg_get_userbyid(e.extowner),
      'available_version', available.all_missing -> wanted.name ->> 'version',
      'trusted', available.all_missing -> wanted.name -> 'trusted') order by wanted.name collate "C")
    from unnest(array['btree_gin', 'btree_gist', 'citext', 'ltree', 'pg_trgm', 'pgcrypto']) as wanted(name)
    left join pg_catalog.pg_extension e on e.extname = wanted.name
    left join pg_catalog.pg_namespace n on n.oid = e.extnamespace
    -- Reading what the server has files for takes it milliseconds: once, and only where an extension is missing.
    cross join lateral (select case when e.oid is null then (
      select json_object_agg(a.name, json_build_object('version', a.default_version, 'trusted', v.trusted or not v.superuser))
      from pg_catalog.pg_available_extensions a
      join pg_catalog.pg_available_extension_versions v on v.name = a.name and v.version = a.default_version
    ) end as all_missing) as available
  ),
  'settings', (
    select coalesce(json_object_agg(name, value), '{}') from (
      -- As the session began: this query itself runs with a statement_timeout of its own.
      select name, reset_val as value from pg_catalog.pg_settings
      where name in ('effective_cache_size', 'idle_in_transaction_session_timeout', 'lock_timeout', 'max_connections',
                     'max_parallel_workers', 'max_worker_processes', 'reserved_connections', 'shared_buffers', 'ssl', 'statement_timeout',
                     'superuser_reserved_connections')
      union all
      -- pg_settings may hide what only a provider's own library knows.
      select name, current_setting(name, true) from unnest(array[
        'alloydb.iam_authentication', 'azure.extensions', 'cloudsql.iam_authentication', 'google_columnar_engine.enabled',
        'neon.tenant_id', 'rds.allowed_extensions', 'rds.extensions', 'rds.force_ssl']) as name
      where current_setting(name, true) is not null
    ) as known
  ),
  'provider_roles', (
    select coalesce(json_agg(rolname order by rolname), '[]') from roles where rolname <> current_user
  ),
  'provider_functions', to_json(array_remove(array[
    case when to_regproc('pg_catalog.aurora_version') is not null then 'aurora_version' end,
    case when to_regproc('pg_catalog.pgaadauth_list_principals') is not null then 'pgaadauth_list_principals' end], null)),
  'connections', (
    select json_build_object(
      'maximum', current_setting('max_connections')::int,
      'reserved', current_setting('superuser_reserved_connections')::int + coalesce(current_setting('reserved_connections', true)::int, 0),
      'in_use', (select sum(pg_stat_get_db_numbackends(oid)) from pg_catalog.pg_database))
  ),
  'tls', (
    select json_build_object('encrypted', ssl, 'protocol', sslversion, 'cipher', sslcipher) from pg_stat_get_activity(pg_backend_pid())
    -- A session that has switched its role may not see its own.
    where ssl is not null
  )
)::text;
