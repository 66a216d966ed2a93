-- What stands in the way of a cloud's identity logging in as role $1 and using schema $2, as one JSON document. PostgreSQL 14 to 18.
-- The search path is pg_catalog alone.
with
  role as materialized (
    select oid, rolname, rolcanlogin from pg_catalog.pg_roles where rolname = $1
  ),
  -- To RDS a member of a member is a member. From 16 on, who created a role may administer it, which alone makes no member that counts.
  held as materialized (
    select exists (
      select from role where role.rolname <> session_user and case when current_setting('server_version_num')::int >= 160000
        then pg_has_role(session_user, role.oid, 'USAGE') or pg_has_role(session_user, role.oid, 'SET')
        else pg_has_role(session_user, role.oid, 'MEMBER') end
    ) and not (select rolsuper from pg_catalog.pg_roles where rolname = session_user) as by_caller
  ),
  groups as materialized (
    select oid, rolname from pg_catalog.pg_roles where rolname in ('rds_iam', 'cloudsqliamserviceaccount', 'cloudsqliamuser')
  ),
  db as (
    select oid from pg_catalog.pg_database where datname = current_database()
  ),
  target as (
    select oid from pg_catalog.pg_namespace where nspname = $2
  )
select json_build_object(
  'exists', exists (select from role),
  'can_log_in', coalesce((select rolcanlogin from role), false),
  'is_marked', exists (select from role join groups on exists (
    select from pg_catalog.pg_auth_members m where m.roleid = groups.oid and m.member = role.oid)),
  'entra_label', (
    select l.label from pg_catalog.pg_shseclabel l join role on role.oid = l.objoid
    where l.classoid = 'pg_catalog.pg_authid'::regclass and l.provider = 'pgaadauth'),
  'has_caller', (select by_caller from held),
  'is_caller', session_user = $1,
  'can_connect', coalesce((select has_database_privilege(role.oid, db.oid, 'CONNECT') from role, db), false),
  'can_create', coalesce((select has_database_privilege(role.oid, db.oid, 'CREATE') from role, db), false),
  'can_create_temporary', coalesce((select has_database_privilege(role.oid, db.oid, 'TEMP') from role, db), false),
  'schema_exists', exists (select from target),
  'can_use_schema', coalesce((
    select has_schema_privilege(role.oid, target.oid, 'USAGE') and has_schema_privilege(role.oid, target.oid, 'CREATE') from role, target), false),
  'groups', (select coalesce(json_agg(rolname), '[]') from groups),
  'functions', (
    select coalesce(json_agg(json_build_object('name', p.proname, 'types', (
      select coalesce(json_agg(format_type(t.oid, null) order by t.place), '[]') from unnest(p.proargtypes) with ordinality t(oid, place)))), '[]')
    from pg_catalog.pg_proc p
    where p.proname in ('pgaadauth_create_principal', 'pgaadauth_create_principal_with_oid') and p.pronamespace = 'pg_catalog'::regnamespace)
)::text;
