-- What role $1 owns in this database, and how role $2 and whoever looks stand to it, as one JSON document. Takes no lock on anything that
-- is owned. The search path is pg_catalog alone, so that every name comes out with its schema. PostgreSQL 14 to 18.
with
  db as (
    select oid, datdba from pg_catalog.pg_database where datname = current_database()
  ),
  roles as materialized (
    select oid, rolname, json_build_object(
      'name', rolname,
      -- PostgreSQL's own have ids below (FirstUnpinnedObjectId), and are not even entered as owners.
      'is_built_in', oid < 12000,
      'is_admin', rolsuper or exists (
        select from pg_catalog.pg_roles g
        where g.rolname in ('rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser', 'azure_pg_admin') and pg_has_role(pg_roles.oid, g.oid, 'MEMBER')),
      'can_use', pg_has_role(oid, 'USAGE'),
      'can_set', pg_has_role(oid, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end),
      'can_admin', pg_has_role(oid, 'MEMBER WITH ADMIN OPTION'),
      'is_rds_iam', coalesce(pg_has_role(oid, (select r.oid from pg_catalog.pg_roles r where r.rolname = 'rds_iam'), 'MEMBER'), false)) as facts
    from pg_catalog.pg_roles where rolname in ($1, $2)
  ),
  old as (
    select * from roles where rolname = $1
  ),
  new as (
    select * from roles where rolname = $2
  ),
  -- The catalog's own list of owners: what REASSIGN OWNED goes by.
  owned as materialized (
    select d.dbid, d.classid, d.objid from pg_catalog.pg_shdepend d join old on d.refobjid = old.oid
    where d.refclassid = 'pg_catalog.pg_authid'::regclass and d.deptype = 'o'
      and d.classid not in ('pg_catalog.pg_default_acl'::regclass, 'pg_catalog.pg_user_mapping'::regclass)
  ),
  -- pg_identify_object quotes what needs it.
  schemas as materialized (
    select oid, nspname, quote_ident(nspname) as quoted from pg_catalog.pg_namespace
  ),
  here as materialized (
    select i.type, n.nspname as schema, i.identity,
      c.oid as relation, c.relkind, c.relpages, c.reltoastrelid
    from owned o join db on db.oid = o.dbid
    left join pg_catalog.pg_class c on o.classid = 'pg_catalog.pg_class'::regclass and c.oid = o.objid
    cross join lateral pg_identify_object(o.classid, o.objid, 0) i
    left join schemas n on n.quoted = case when o.classid = 'pg_catalog.pg_namespace'::regclass then i.identity else i.schema end
    -- Temporary objects end with their session.
    where coalesce(i.schema, '') !~ '^pg_(toast_)?temp' and not (o.classid = 'pg_catalog.pg_type'::regclass and exists (
        -- It follows its range.
        select from pg_catalog.pg_type t where t.oid = o.objid and t.typtype = 'm'))
      and not (coalesce(c.relkind = 'S', false) and exists (
        -- It follows the table that it numbers.
        select from pg_catalog.pg_depend f
        where f.classid = 'pg_catalog.pg_class'::regclass and f.objid = c.oid and f.refclassid = 'pg_catalog.pg_class'::regclass
          and f.refobjsubid > 0 and f.deptype in ('a', 'i')))
  ),
  defaults as materialized (
    -- What is set for one schema adds to what is set for all; what is set for all stands in place of what PostgreSQL gives.
    select a.defaclrole, a.defaclnamespace, a.defaclobjtype, acl.grantee, acl.privilege_type, acl.is_grantable, false as revoked
    from pg_catalog.pg_default_acl a cross join lateral aclexplode(a.defaclacl) acl
    where a.defaclrole in (select oid from roles) and acl.grantee <> a.defaclrole
    union all
    select a.defaclrole, 0, a.defaclobjtype, acl.grantee, acl.privilege_type, false, true
    from pg_catalog.pg_default_acl a
    cross join lateral aclexplode(acldefault(case a.defaclobjtype when 'S' then 's' else a.defaclobjtype end::"char", a.defaclrole)) acl
    where a.defaclrole in (select oid from roles) and a.defaclnamespace = 0 and acl.grantee <> a.defaclrole
      and not exists (select from aclexplode(a.defaclacl) kept where kept.grantee = acl.grantee and kept.privilege_type = acl.privilege_type)
  )
select json_build_object(
  'from', (select facts from old),
  'to', (select facts from new),
  'objects', (
    select coalesce(json_agg(json_build_object(
      'kind', h.type, 'schema', h.schema, 'identity', h.identity,
      'bytes', current_setting('block_size')::bigint * (coalesce(h.relpages, 0) + coalesce(x.pages, 0) + coalesce(t.relpages, 0) + coalesce(tx.pages, 0)),
      'locks', 1 + coalesce(x.count, 0) + coalesce(s.count, 0) + case when t.oid is null then 0 else 1 + coalesce(tx.count, 0) end)), '[]')
    from here h
    -- Looked up one by one, by the catalogs' own indexes: the planner cannot know how many there are.
    left join pg_catalog.pg_class t on t.oid = h.reltoastrelid and t.oid <> 0
    cross join lateral (
      select count(*) as count, sum(c.relpages::bigint) as pages
      from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid where i.indrelid = h.relation) x
    cross join lateral (
      select count(*) as count, sum(c.relpages::bigint) as pages
      from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid where i.indrelid = t.oid) tx
    cross join lateral (
      select count(*) as count
      from pg_catalog.pg_depend f join pg_catalog.pg_class c on c.oid = f.objid and c.relkind = 'S'
      where f.classid = 'pg_catalog.pg_class'::regclass and f.refclassid = 'pg_catalog.pg_class'::regclass and f.refobjid = h.relation
        and f.refobjsubid > 0 and f.deptype in ('a', 'i')) s
  ),
  'default_privileges', (
    select coalesce(json_agg(json_build_object(
      'schema', n.nspname, 'object_type', d.defaclobjtype, 'privilege', d.privilege_type,
      'grantee', case when d.grantee <> 0 then pg_get_userbyid(d.grantee) end, 'grantable', d.is_grantable, 'revoked', d.revoked)), '[]')
    from defaults d join old on old.oid = d.defaclrole
    left join new on true
    left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace
    where d.grantee is distinct from new.oid and not exists (
      select from defaults done where done.defaclrole = new.oid
        and (done.defaclnamespace, done.defaclobjtype, done.grantee, done.privilege_type, done.revoked)
          = (d.defaclnamespace, d.defaclobjtype, d.grantee, d.privilege_type, d.revoked)
        and done.is_grantable >= d.is_grantable)
  ),
  'shared_objects', (
    select coalesce(json_agg(pg_describe_object(o.classid, o.objid, 0) order by 1), '[]')
    from owned o cross join db where o.dbid = 0 and not (o.classid = 'pg_catalog.pg_database'::regclass and o.objid = db.oid)
  ),
  'owns_database', (select exists (select from db join old on old.oid = db.datdba)),
  'other_databases', (
    select coalesce(json_agg(distinct d.datname), '[]')
    from owned o join pg_catalog.pg_database d on d.oid = o.dbid cross join db where d.oid <> db.oid
  ),
  'closed_schemas', (
    select coalesce(json_agg(json_build_object('name', n.nspname, 'follows_database', n.nspowner::regrole::text = 'pg_database_owner')), '[]')
    from pg_catalog.pg_namespace n cross join new
    where n.nspname in (select schema from here where type <> 'schema') and not has_schema_privilege(new.oid, n.oid, 'CREATE')
  ),
  'max_locks_per_transaction', current_setting('max_locks_per_transaction')::int,
  'max_transactions', current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int
)::text;
