-- Everything the rules judge, as one JSON document in one round trip. $1 is LangSmith's schema; $2 whether the server's control files may
-- be read, of which a single broken one makes the whole query fail.
-- Runs as a role that may do nothing but connect. Objects are looked up in the catalog, never called by name, so nothing here can fail
-- because a provider lacks it. The search path is pg_catalog alone; what it was is in langsmithpg.search_path, and what
-- statement_timeout was is in langsmithpg.statement_timeout; the other timeouts are as the session began. PostgreSQL 13 to 18.
--
-- The query is the first of its session, and the server's caches are empty: reading about each catalog, view, function, operator and
-- cast costs more than any rows. Hence few sub-selects, functions in place of the views over them, and operands and arguments of
-- exactly the types that are declared: for a literal with a type of its own, the server would weigh every function of that name.
with
  -- This one, the one that logged in, superusers, and those that providers make.
  roles as materialized (
    select * from (
      select oid, rolname, rolsuper, rolcreaterole, rolcreatedb, rolconnlimit, rolvaliduntil,
        rolname in ('alloydbiamuser', 'alloydbsuperuser', 'avnadmin', 'azure_pg_admin', 'azuresu', 'citus', 'cloudsqladmin',
                    'cloudsqliamserviceaccount', 'cloudsqliamuser', 'cloudsqlsuperuser', 'doadmin', 'neon_superuser', 'rds_extension',
                    'rds_iam', 'rds_superuser', 'rdsadmin', 'rdsproxyadmin', 'supabase_admin') as is_provider
      from pg_catalog.pg_roles
    ) as every
    where is_provider or rolsuper or rolname = current_user or rolname = session_user
  ),
  installed as materialized (
    select extname, extversion, extnamespace, extowner from pg_catalog.pg_extension
    where extname in ('btree_gin', 'btree_gist', 'citext', 'ltree', 'pg_trgm', 'pgcrypto')
  ),
  -- Reads the control file of every extension that the server has.
  available as materialized (
    select name, default_version from pg_available_extensions()
    where $2 and name in ('btree_gin', 'btree_gist', 'citext', 'ltree', 'pg_trgm', 'pgcrypto')
  ),
  -- Lists the server's folder of extensions once for each of them, which takes it many milliseconds: only where it decides.
  trust as materialized (
    select name, version, trusted or not superuser as trusted from pg_available_extension_versions()
    where $2 and (select count(*) from installed) < 6
      and current_setting('is_superuser') = 'off' and has_database_privilege(current_database(), 'CREATE'::text)
  )
select json_build_object(
  'server', json_build_object(
    'version_number', current_setting('server_version_num')::int,
    'version', version(),
    'in_recovery', pg_is_in_recovery(),
    'read_only_by_default', current_setting('default_transaction_read_only') = 'on',
    'address', host(inet_server_addr()),
    'port', inet_server_port(),
    'backend_process_id', pg_backend_pid(),
    'time', date_trunc('second'::text, clock_timestamp())),
  'database', json_build_object(
    'name', db.datname,
    'owner', pg_get_userbyid(db.datdba),
    'is_owner', pg_has_role(db.datdba, 'USAGE'::text),
    'encoding', pg_encoding_to_char(db.encoding),
    'collation', db.datcollate,
    'connection_limit', db.datconnlimit,
    'connections', pg_stat_get_db_numbackends(db.oid),
    'can_create', has_database_privilege(db.oid, 'CREATE'::text),
    'can_create_temporary', has_database_privilege(db.oid, 'TEMP'::text)),
  'role', json_build_object(
    'name', me.rolname,
    'session_user', session_user,
    'is_superuser', me.rolsuper,
    'can_create_role', me.rolcreaterole,
    'can_create_database', me.rolcreatedb,
    'connection_limit', me.rolconnlimit,
    'connections', sessions.own,
    'valid_until', case when isfinite(me.rolvaliduntil) then date_trunc('second'::text, me.rolvaliduntil) end,
    'entra_label', (
      select label from pg_catalog.pg_shseclabel
      -- The number of pg_authid.
      where objoid = me.oid and classoid = '1260' and provider = 'pgaadauth'),
    'member_of', (
      select coalesce(json_agg(rolname order by rolname), '[]') from roles
      where rolname in ('rds_iam', 'rds_superuser', 'cloudsqlsuperuser', 'cloudsqliamuser', 'cloudsqliamserviceaccount',
                        'alloydbsuperuser', 'alloydbiamuser', 'azure_pg_admin')
        and pg_has_role(me.oid, oid, 'MEMBER'::text))),
  'schema', json_build_object(
    'name', $1,
    'exists', ns.oid is not null,
    'owner', pg_get_userbyid(ns.nspowner),
    'is_owner', coalesce(pg_has_role(ns.nspowner, 'USAGE'::text), false),
    'can_use', coalesce(has_schema_privilege(ns.oid, 'USAGE'::text), false),
    'can_create', coalesce(has_schema_privilege(ns.oid, 'CREATE'::text), false),
    'other_creators', (
      select coalesce(json_agg(distinct case when creator = '0' then 'PUBLIC' else pg_get_userbyid(creator)::text end), '[]')
      from aclexplode(coalesce(ns.nspacl, acldefault('n', ns.nspowner))) as acl
      -- 6171 is the number of pg_database_owner.
      cross join lateral (select case when acl.grantee = '6171' then db.datdba else acl.grantee end as creator) as c
      where acl.privilege_type = 'CREATE' and creator <> me.oid
        and not exists (select from roles where roles.oid = creator and rolsuper)),
    'objects', (
      select coalesce(json_agg(json_build_object(
        'owner', pg_get_userbyid(owner), 'count', count, 'is_owner', pg_has_role(owner, 'USAGE'::text),
        'is_superuser', coalesce(rolsuper, false),
        'is_member', not coalesce(rolsuper, false) and owner <> me.oid and pg_has_role(owner, me.oid, 'MEMBER'::text))
        order by count desc, pg_get_userbyid(owner)), '[]')
      from (
        select owner, count(*) as count
        from (
          -- What an extension brought belongs to the extension, whoever owns it. 1259, 1247 and 1255 are the numbers of pg_class, pg_type
          -- and pg_proc. The offset keeps the planner from making a join of it, which costs more than looking for each in the index.
          select c.relowner as owner from pg_catalog.pg_class c
          where c.relnamespace = ns.oid and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'c') and not exists (
            select from pg_catalog.pg_depend d where d.classid = '1259' and d.objid = c.oid and d.deptype = 'e' offset 0)
          union all
          select t.typowner from pg_catalog.pg_type t
          where t.typnamespace = ns.oid and t.typtype in ('e', 'd', 'r') and not exists (
            select from pg_catalog.pg_depend d where d.classid = '1247' and d.objid = t.oid and d.deptype = 'e' offset 0)
          union all
          select p.proowner from pg_catalog.pg_proc p
          where p.pronamespace = ns.oid and not exists (
            select from pg_catalog.pg_depend d
            where d.classid = '1255' and d.objid = p.oid and d.deptype in ('e', 'i') offset 0)
        ) as objects
        group by owner
      ) as owners
      left join roles on roles.oid = owner)),
  'search_path', current_setting('langsmithpg.search_path')::json,
  'overrides', (
    select coalesce(json_agg(json_build_object(
      'role', case when s.setrole <> '0' then pg_get_userbyid(s.setrole) end,
      'database', case when s.setdatabase <> '0' then db.datname end,
      'setting', setting) order by s.setrole, s.setdatabase, setting), '[]')
    from pg_catalog.pg_db_role_setting s cross join unnest(s.setconfig) as setting
    -- What is set for a role holds for whoever logs in as it, whichever role the session switches to.
    where s.setrole in ('0', (select login.oid from roles login where login.rolname = session_user)) and s.setdatabase in ('0', db.oid)
  ),
  'extensions', (
    select json_agg(json_build_object(
      'name', wanted.name,
      'installed_version', e.extversion,
      'schema', n.nspname,
      'owner', pg_get_userbyid(e.extowner),
      'available_version', a.default_version,
      'trusted', case when e.extname is null then t.trusted end,
      'name_taken_by', case when e.extname is null then (
        -- A type, domain or table that is called like a type of the extension's: left over from a dump, say.
        select case when c.relkind in ('r', 'p', 'v', 'm', 'f') then 'TABLE' when y.typtype = 'd' then 'DOMAIN' else 'TYPE' end || ' ' || y.typname::text
        from pg_catalog.pg_type y left join pg_catalog.pg_class c on c.oid = y.typrelid
        where y.typnamespace = ns.oid and y.typname = any (case wanted.name
          when 'citext' then array['citext'] when 'ltree' then array['ltree', 'lquery', 'ltxtquery', 'ltree_gist'] when 'pg_trgm' then array['gtrgm']
          when 'btree_gist' then array['gbtreekey4', 'gbtreekey8', 'gbtreekey16', 'gbtreekey32', 'gbtreekey_var', 'gbtreekey2'] end)
        order by y.typname limit 1) end,
      -- 2950 is the number of uuid, 2742 and 783 those of gin and gist.
      'indexes_uuid', case when e.extname in ('btree_gin', 'btree_gist') then exists (
        select from pg_catalog.pg_opclass o
        where o.opcmethod = case e.extname when 'btree_gin' then '2742'::oid else '783'::oid end and o.opcintype = '2950' and o.opcdefault) end
      ) order by wanted.name collate "C")
    from unnest(array['btree_gin', 'btree_gist', 'citext', 'ltree', 'pg_trgm', 'pgcrypto']) as wanted(name)
    left join installed e on e.extname = wanted.name
    left join pg_catalog.pg_namespace n on n.oid = e.extnamespace
    left join available a on a.name = wanted.name
    left join trust t on t.name = a.name and t.version = a.default_version
  ),
  'settings', (
    -- In pages and milliseconds, as pg_settings has them; but that view prints every setting that there is.
    select json_object_agg(name, case
      when name in ('effective_cache_size', 'shared_buffers') then (pg_size_bytes(value) / current_setting('block_size')::bigint)::text
      when name = 'temp_file_limit' then case value when '-1' then value else (pg_size_bytes(value) / 1024)::text end
      when name in ('idle_in_transaction_session_timeout', 'idle_session_timeout', 'lock_timeout', 'statement_timeout', 'transaction_timeout')
        then (date_part('epoch'::text, value::interval) * 1000::float8)::bigint::text
      else value end)
    from (
      select name, current_setting(case name when 'statement_timeout' then 'langsmithpg.statement_timeout' else name end, true) as value
      from unnest(array[
        'alloydb.iam_authentication', 'archive_mode', 'autovacuum', 'azure.extensions', 'cloudsql.iam_authentication', 'data_checksums',
        'default_tablespace', 'effective_cache_size', 'fsync', 'full_page_writes', 'google_columnar_engine.enabled',
        'idle_in_transaction_session_timeout', 'idle_session_timeout', 'lock_timeout', 'max_connections', 'max_parallel_workers',
        'max_worker_processes', 'neon.tenant_id', 'password_encryption', 'rds.allowed_extensions', 'rds.extensions', 'rds.force_ssl',
        'reserved_connections', 'session_replication_role', 'shared_buffers', 'ssl', 'statement_timeout',
        'superuser_reserved_connections', 'synchronous_commit', 'synchronous_standby_names', 'temp_file_limit', 'track_counts',
        'transaction_timeout']) as name
    ) as known
    where value is not null
  ),
  'provider_roles', (
    select coalesce(json_agg(rolname order by rolname), '[]') from roles where is_provider and rolname <> current_user
  ),
  'provider_functions', to_json(array_remove(array[
    case when to_regproc('pg_catalog.aurora_version') is not null then 'aurora_version' end,
    case when to_regproc('pg_catalog.pgaadauth_list_principals') is not null then 'pgaadauth_list_principals' end], null)),
  'other_databases', (
    select coalesce(json_agg(datname order by datname), '[]')
    from (select datname from pg_catalog.pg_database where not datistemplate and datname <> current_database() order by datname limit 20) as others),
  'connections', json_build_object(
    'maximum', current_setting('max_connections')::int,
    'reserved', current_setting('superuser_reserved_connections')::int + coalesce(current_setting('reserved_connections', true)::int, 0),
    'in_use', sessions.in_use),
  'tls', (
    select json_build_object('encrypted', ssl, 'protocol', sslversion, 'cipher', sslcipher) from pg_stat_get_activity(pg_backend_pid())
    -- A session that has switched its role may not see its own.
    where ssl is not null
  )
)::text
from pg_catalog.pg_database db
cross join roles me
left join pg_catalog.pg_namespace ns on ns.nspname = $1
cross join lateral (
  select count(*) filter (where usesysid = me.oid and backend_type = 'client backend') as own, count(datid) as in_use
  from pg_stat_get_activity(null)
) as sessions
where db.datname = current_database() and me.rolname = current_user;
