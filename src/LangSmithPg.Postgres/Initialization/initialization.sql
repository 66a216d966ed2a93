-- How role $1 and database $2 stand to whoever looks, and what this database has for schema $3, as one JSON document. Neither needs to
-- exist. The search path is pg_catalog alone. PostgreSQL 13 to 18.
with
  role as materialized (
    select oid, rolcanlogin, rolsuper from pg_catalog.pg_roles where rolname = $1
  ),
  db as materialized (
    select oid, datdba, encoding, datistemplate, datallowconn from pg_catalog.pg_database where datname = $2
  ),
  target as materialized (
    select oid, nspowner from pg_catalog.pg_namespace where nspname = $3
  )
select json_build_object(
  'role', (
    select json_build_object(
      -- PostgreSQL's own have ids below (FirstUnpinnedObjectId).
      'is_built_in', oid < 12000,
      'is_admin', rolsuper or exists (
        select from pg_catalog.pg_roles g
        where g.rolname in ('rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser', 'azure_pg_admin') and pg_has_role(role.oid, g.oid, 'MEMBER')),
      'can_log_in', rolcanlogin,
      'can_use', pg_has_role(oid, 'USAGE'),
      'can_set', pg_has_role(oid, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end),
      'can_admin', pg_has_role(oid, 'MEMBER WITH ADMIN OPTION'),
      'can_connect', coalesce((select has_database_privilege(role.oid, db.oid, 'CONNECT') from db), false),
      'can_create', coalesce((select has_database_privilege(role.oid, db.oid, 'CREATE') from db), false),
      'can_create_temporary', coalesce((select has_database_privilege(role.oid, db.oid, 'TEMP') from db), false))
    from role),
  'database', (
    select json_build_object(
      'owner', pg_get_userbyid(datdba), 'encoding', pg_encoding_to_char(encoding), 'is_of_server', datistemplate or not datallowconn)
    from db),
  'template_encoding', coalesce((select pg_encoding_to_char(encoding) from pg_catalog.pg_database where datname = 'template0'), ''),
  'template_collation', coalesce((select datcollate from pg_catalog.pg_database where datname = 'template0'), ''),
  'self_grant', coalesce(current_setting('createrole_self_grant', true), ''),
  'role_settings', (
    select coalesce(json_agg(setting), '[]')
    from pg_catalog.pg_db_role_setting s join role on role.oid = s.setrole join db on db.oid = s.setdatabase cross join unnest(s.setconfig) as setting),
  'database_settings', (
    select coalesce(json_agg(setting), '[]')
    from pg_catalog.pg_db_role_setting s join db on db.oid = s.setdatabase and s.setrole = 0 cross join unnest(s.setconfig) as setting),
  'schema_exists', exists (select from target),
  'schema_follows_database', coalesce((select pg_get_userbyid(nspowner) = 'pg_database_owner' from target), false),
  -- A role that does not exist yet will be able to do what everybody may.
  'can_use_schema', coalesce((
    select case when role.oid is null
      then has_schema_privilege('public', target.oid, 'USAGE') and has_schema_privilege('public', target.oid, 'CREATE')
      else has_schema_privilege(role.oid, target.oid, 'USAGE') and has_schema_privilege(role.oid, target.oid, 'CREATE') end
    from target left join role on true), false),
  'has_foreign_objects', exists (
    select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
      and c.relowner is distinct from (select oid from role)
      and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'))
)::text;
