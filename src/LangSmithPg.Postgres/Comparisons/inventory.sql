-- Every object of the database but the system's and those that belong to an extension: one row each, with what defines it as JSON. The
-- search path is pg_catalog alone, so that definitions come out with schemas. PostgreSQL 14 to 18.
with
  schemas as materialized (
    select oid, nspname::text as name, nspowner, nspacl from pg_catalog.pg_namespace
    where nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and nspname !~ '^pg_(toast_)?temp_'
  ),
  members as materialized (
    select classid, objid from pg_catalog.pg_depend where deptype = 'e'
  ),
  relations as materialized (
    select s.name as schema, c.relname::text as name, c.* from pg_catalog.pg_class c join schemas s on s.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c', 'i', 'I')
      and not exists (select from members m where m.classid = 'pg_catalog.pg_class'::regclass and m.objid = c.oid)
  ),
  tables as materialized (
    select * from relations where relkind in ('r', 'p', 'f')
  )
-- Schemas.
select 'Schema', null::text, s.name, null::text, json_strip_nulls(json_build_object(
  'owner', pg_get_userbyid(s.nspowner),
  'grants', (select string_agg(g.item, ', ' order by g.item collate "C") from (
    select case a.grantee when 0 then 'PUBLIC' else pg_get_userbyid(a.grantee)::text end || ' ' || a.privilege_type || case when a.is_grantable then ' WITH GRANT OPTION' else '' end as item
    from aclexplode(s.nspacl) a where a.grantee <> s.nspowner) g)))::text
from schemas s
where not exists (select from members m where m.classid = 'pg_catalog.pg_namespace'::regclass and m.objid = s.oid)
union all
-- Tables, views and sequences.
select case r.relkind when 'v' then 'View' when 'm' then 'MaterializedView' when 'S' then 'Sequence' else 'Table' end, r.schema, r.name, null, json_strip_nulls(json_build_object(
  'kind', case r.relkind when 'p' then 'partitioned table' when 'f' then 'foreign table' when 'r' then 'table' end,
  'persistence', case when r.relpersistence = 'u' and r.relkind <> 'S' then 'unlogged' end,
  'partition key', case when r.relkind = 'p' then pg_get_partkeydef(r.oid) end,
  'partition bound', pg_get_expr(r.relpartbound, r.oid),
  'parents', (select string_agg(i.inhparent::regclass::text, ', ' order by i.inhseqno) from pg_catalog.pg_inherits i where i.inhrelid = r.oid),
  'row level security', nullif(concat_ws(', ', case when r.relrowsecurity then 'enabled' end, case when r.relforcerowsecurity then 'forced' end), ''),
  'replica identity', case when r.relkind in ('r', 'p', 'm') and r.relreplident <> 'd' then r.relreplident::text end,
  'options', (select string_agg(o, ', ' order by o collate "C") from unnest(r.reloptions) o),
  'definition', case when r.relkind in ('v', 'm') then pg_get_viewdef(r.oid) end,
  'populated', case when r.relkind = 'm' and not r.relispopulated then 'no' end,
  'sequence', case when r.relkind = 'S' then (
    select format('%s start %s increment %s minimum %s maximum %s cache %s%s', format_type(q.seqtypid, null), q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, case when q.seqcycle then ' cycle' else '' end)
    from pg_catalog.pg_sequence q where q.seqrelid = r.oid) end,
  'owned by', case when r.relkind = 'S' then (
    select format('%I.%I.%I', n.nspname, t.relname, a.attname)
    from pg_catalog.pg_depend d join pg_catalog.pg_class t on t.oid = d.refobjid join pg_catalog.pg_namespace n on n.oid = t.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
    where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = r.oid and d.refclassid = 'pg_catalog.pg_class'::regclass and d.deptype in ('a', 'i')) end,
  'owner', pg_get_userbyid(r.relowner),
  'grants', (select string_agg(g.item, ', ' order by g.item collate "C") from (
    select case a.grantee when 0 then 'PUBLIC' else pg_get_userbyid(a.grantee)::text end || ' ' || a.privilege_type || case when a.is_grantable then ' WITH GRANT OPTION' else '' end as item
    from aclexplode(r.relacl) a where a.grantee <> r.relowner) g)))::text
from relations r where r.relkind not in ('c', 'i', 'I')
union all
-- Columns, also of composite types. A virtual column is told by its letter, which only PostgreSQL 18 has.
select 'Column', r.schema, r.name, a.attname::text, json_strip_nulls(json_build_object(
  'type', format_type(a.atttypid, a.atttypmod),
  'null', case when a.attnotnull then 'not null' end,
  'default', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
  'generated', case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) || case a.attgenerated when 'v' then ' virtual' else ' stored' end end,
  'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' end,
  'collation', case when a.attcollation <> t.typcollation then (
    select format('%I.%I', n.nspname, l.collname) from pg_catalog.pg_collation l join pg_catalog.pg_namespace n on n.oid = l.collnamespace where l.oid = a.attcollation) end,
  'storage', case when r.relkind in ('r', 'p', 'm') and a.attstorage <> t.typstorage then a.attstorage::text end,
  'compression', case when a.attcompression <> '' then a.attcompression::text end,
  'column grants', (select string_agg(g.item, ', ' order by g.item collate "C") from (
    select case x.grantee when 0 then 'PUBLIC' else pg_get_userbyid(x.grantee)::text end || ' ' || x.privilege_type || case when x.is_grantable then ' WITH GRANT OPTION' else '' end as item
    from aclexplode(a.attacl) x where x.grantee <> r.relowner) g)))::text
from relations r join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type t on t.oid = a.atttypid
  left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where r.relkind in ('r', 'p', 'f', 'v', 'm', 'c')
union all
-- Constraints of tables and domains. NOT NULL is a property of its column: only PostgreSQL 18 keeps it as a constraint, too.
select 'Constraint', n.name, coalesce(t.name, y.typname::text), c.conname::text, json_strip_nulls(json_build_object('definition', pg_get_constraintdef(c.oid)))::text
from pg_catalog.pg_constraint c join schemas n on n.oid = c.connamespace
  left join tables t on t.oid = c.conrelid
  left join pg_catalog.pg_type y on y.oid = c.contypid
where c.contype not in ('n', 't') and (t.oid is not null or y.oid is not null)
  and not exists (select from members m where m.classid = 'pg_catalog.pg_type'::regclass and m.objid = c.contypid)
union all
-- Indexes that no constraint stands for.
select 'Index', r.schema, t.name, r.name, json_strip_nulls(json_build_object(
  'definition', pg_get_indexdef(r.oid),
  'validity', case when not i.indisvalid then 'invalid' end,
  'options', (select string_agg(o, ', ' order by o collate "C") from unnest(r.reloptions) o)))::text
from relations r join pg_catalog.pg_index i on i.indexrelid = r.oid join relations t on t.oid = i.indrelid
where r.relkind in ('i', 'I') and not exists (select from pg_catalog.pg_constraint c where c.conindid = r.oid and c.contype in ('p', 'u', 'x'))
union all
-- Functions, procedures and aggregates.
select 'Function', s.name, p.proname::text || '(' || pg_get_function_identity_arguments(p.oid) || ')', null, json_strip_nulls(json_build_object(
  'kind', case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' when 'w' then 'window function' end,
  'language', l.lanname,
  'arguments', pg_get_function_arguments(p.oid),
  'result', pg_get_function_result(p.oid),
  'body', case when p.prokind <> 'a' then coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) end,
  'library', p.probin,
  'volatility', p.provolatile, 'parallel', p.proparallel,
  'strict', case when p.proisstrict then 'yes' end,
  'security definer', case when p.prosecdef then 'yes' end,
  'leakproof', case when p.proleakproof then 'yes' end,
  'cost', p.procost, 'rows', p.prorows,
  'configuration', (select string_agg(o, ', ' order by o collate "C") from unnest(p.proconfig) o),
  'aggregate', (
    select format('%s %s %s %s %s', a.aggtransfn::regprocedure, nullif(a.aggfinalfn::oid, 0)::regprocedure, format_type(a.aggtranstype, null), a.agginitval, a.aggkind)
    from pg_catalog.pg_aggregate a where a.aggfnoid = p.oid),
  'owner', pg_get_userbyid(p.proowner),
  'grants', (select string_agg(g.item, ', ' order by g.item collate "C") from (
    select case a.grantee when 0 then 'PUBLIC' else pg_get_userbyid(a.grantee)::text end || ' ' || a.privilege_type || case when a.is_grantable then ' WITH GRANT OPTION' else '' end as item
    from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee <> p.proowner) g)))::text
from pg_catalog.pg_proc p join schemas s on s.oid = p.pronamespace join pg_catalog.pg_language l on l.oid = p.prolang
where not exists (select from members m where m.classid = 'pg_catalog.pg_proc'::regclass and m.objid = p.oid)
  -- Those of a range follow their type.
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')
union all
-- Triggers.
select 'Trigger', t.schema, t.name, g.tgname::text, json_strip_nulls(json_build_object(
  'definition', pg_get_triggerdef(g.oid), 'firing', case when g.tgenabled <> 'O' then g.tgenabled::text end))::text
from pg_catalog.pg_trigger g join relations t on t.oid = g.tgrelid where not g.tgisinternal
union all
-- Rules of their own, not those that make a view.
select 'Rule', t.schema, t.name, w.rulename::text, json_strip_nulls(json_build_object(
  'definition', pg_get_ruledef(w.oid), 'firing', case when w.ev_enabled <> 'O' then w.ev_enabled::text end))::text
from pg_catalog.pg_rewrite w join relations t on t.oid = w.ev_class where w.rulename <> '_RETURN'
union all
-- Policies of row level security.
select 'Policy', t.schema, t.name, p.polname::text, json_strip_nulls(json_build_object(
  'command', p.polcmd::text, 'permissive', p.polpermissive,
  'roles', (select string_agg(coalesce(nullif(o, 0)::regrole::text, 'PUBLIC'), ', ') from unnest(p.polroles) o),
  'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)))::text
from pg_catalog.pg_policy p join relations t on t.oid = p.polrelid
union all
-- Types, without those of tables, arrays and multiranges, which follow theirs.
select 'Type', s.name, t.typname::text, null, json_strip_nulls(json_build_object(
  'kind', case t.typtype when 'e' then 'enum' when 'd' then 'domain' when 'c' then 'composite' when 'r' then 'range' when 'b' then 'base' else t.typtype::text end,
  'labels', (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_catalog.pg_enum e where e.enumtypid = t.oid),
  'base', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
  'default', case when t.typtype = 'd' then t.typdefault end,
  'null', case when t.typtype = 'd' and t.typnotnull then 'not null' end,
  'range', (select format_type(r.rngsubtype, null) from pg_catalog.pg_range r where r.rngtypid = t.oid),
  'owner', pg_get_userbyid(t.typowner),
  'grants', (select string_agg(g.item, ', ' order by g.item collate "C") from (
    select case a.grantee when 0 then 'PUBLIC' else pg_get_userbyid(a.grantee)::text end || ' ' || a.privilege_type || case when a.is_grantable then ' WITH GRANT OPTION' else '' end as item
    from aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) a where a.grantee <> t.typowner) g)))::text
from pg_catalog.pg_type t join schemas s on s.oid = t.typnamespace
where t.typtype <> 'm' and not exists (select from members m where m.classid = 'pg_catalog.pg_type'::regclass and m.objid = t.oid)
  and not exists (select from pg_catalog.pg_type e where e.typarray = t.oid)
  and (t.typrelid = 0 or exists (select from pg_catalog.pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
union all
-- Collations, extended statistics, operators and casts.
select 'Collation', s.name, c.collname::text, null, json_strip_nulls(json_build_object(
  'provider', c.collprovider::text, 'deterministic', c.collisdeterministic,
  'locale', coalesce(c.collcollate, to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale'), 'owner', pg_get_userbyid(c.collowner)))::text
from pg_catalog.pg_collation c join schemas s on s.oid = c.collnamespace
where not exists (select from members m where m.classid = 'pg_catalog.pg_collation'::regclass and m.objid = c.oid)
union all
select 'Statistics', s.name, x.stxname::text, null, json_strip_nulls(json_build_object('definition', pg_get_statisticsobjdef(x.oid), 'owner', pg_get_userbyid(x.stxowner)))::text
from pg_catalog.pg_statistic_ext x join schemas s on s.oid = x.stxnamespace
union all
select 'Operator', s.name, o.oprname::text || '(' || concat_ws(', ', format_type(nullif(o.oprleft, 0), null), format_type(nullif(o.oprright, 0), null)) || ')', null,
  json_strip_nulls(json_build_object('function', o.oprcode::regprocedure::text, 'owner', pg_get_userbyid(o.oprowner)))::text
from pg_catalog.pg_operator o join schemas s on s.oid = o.oprnamespace
where not exists (select from members m where m.classid = 'pg_catalog.pg_operator'::regclass and m.objid = o.oid)
union all
select 'Cast', null, format('%s AS %s', format_type(c.castsource, null), format_type(c.casttarget, null)), null,
  json_strip_nulls(json_build_object('function', nullif(c.castfunc, 0)::regprocedure::text, 'context', c.castcontext::text, 'method', c.castmethod::text))::text
from pg_catalog.pg_cast c
-- PostgreSQL's own have ids below (FirstNormalObjectId).
where c.oid >= 16384 and not exists (select from members m where m.classid = 'pg_catalog.pg_cast'::regclass and m.objid = c.oid)
union all
-- Extensions, and what stands outside of schemas.
select 'Extension', null, e.extname::text, null, json_strip_nulls(json_build_object('version', e.extversion, 'schema', n.nspname))::text
from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
union all
select 'EventTrigger', null, v.evtname::text, null, json_strip_nulls(json_build_object(
  'event', v.evtevent, 'function', v.evtfoid::regprocedure::text, 'tags', array_to_string(v.evttags, ', '), 'firing', v.evtenabled::text, 'owner', pg_get_userbyid(v.evtowner)))::text
from pg_catalog.pg_event_trigger v
where not exists (select from members m where m.classid = 'pg_catalog.pg_event_trigger'::regclass and m.objid = v.oid)
union all
select 'Publication', null, p.pubname::text, null, json_strip_nulls(json_build_object(
  'tables', case when p.puballtables then 'all' else (select string_agg(r.prrelid::regclass::text, ', ' order by r.prrelid::regclass::text collate "C") from pg_catalog.pg_publication_rel r where r.prpubid = p.oid) end))::text
from pg_catalog.pg_publication p
union all
select 'Database', null, 'database', null, json_strip_nulls(json_build_object(
  'encoding', pg_encoding_to_char(d.encoding), 'collation', d.datcollate, 'character type', d.datctype,
  'locale', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')))::text
from pg_catalog.pg_database d where d.datname = current_database()
