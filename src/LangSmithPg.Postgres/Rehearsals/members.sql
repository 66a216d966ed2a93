-- What a rehearsal uses of the extensions, and the schema that each of it is in: only what the catalog says is an extension's own.
-- The numbers are those of pg_type, pg_operator, pg_proc, pg_opclass and pg_extension, and of the type text.
with members as materialized (
  select e.extname, d.classid, d.objid
  from pg_catalog.pg_extension e
  join pg_catalog.pg_depend d on d.refclassid = '3079' and d.refobjid = e.oid and d.deptype = 'e'
  where e.extname in ('citext', 'ltree', 'pg_trgm', 'pgcrypto')
)
select m.extname::text, found.name::text, n.nspname::text
from members m
cross join lateral (
  select t.typname, t.typnamespace from pg_catalog.pg_type t
  where m.classid = '1247' and t.oid = m.objid and t.typname = m.extname and m.extname in ('citext', 'ltree')
  union all
  select o.oprname, o.oprnamespace from pg_catalog.pg_operator o join pg_catalog.pg_type t on t.oid = o.oprleft
  where m.classid = '2617' and o.oid = m.objid and o.oprleft = o.oprright
    and (m.extname, o.oprname, t.typname) in (('citext', '=', 'citext'), ('ltree', '<@', 'ltree'), ('pg_trgm', '%', 'text'))
  union all
  select p.proname, p.pronamespace from pg_catalog.pg_proc p
  where m.classid = '1255' and p.oid = m.objid and m.extname = 'pgcrypto' and p.proname = 'digest' and p.proargtypes = '25 25'
  union all
  select c.opcname, c.opcnamespace from pg_catalog.pg_opclass c
  where m.classid = '2616' and c.oid = m.objid and m.extname = 'pg_trgm' and c.opcname = 'gin_trgm_ops'
) as found(name, namespace)
join pg_catalog.pg_namespace n on n.oid = found.namespace
