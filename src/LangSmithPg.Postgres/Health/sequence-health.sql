-- How far the sequences are from their end, as one JSON document. Asked apart, because a sequence can be locked. PostgreSQL 14 to 18; the
-- search path is pg_catalog alone. Worst first.
with
  -- A sequence of a column, and one that only its default names.
  uses as materialized (
    select d.objid as sequence, d.refobjid as relation, d.refobjsubid as number, d.deptype
    from pg_catalog.pg_depend d
    where d.classid = 'pg_catalog.pg_class'::regclass and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
      and exists (select from pg_catalog.pg_sequence s where s.seqrelid = d.objid)
    union
    select d.refobjid, f.adrelid, f.adnum, 'n'
    from pg_catalog.pg_depend d join pg_catalog.pg_attrdef f on f.oid = d.objid
    where d.classid = 'pg_catalog.pg_attrdef'::regclass and d.refclassid = 'pg_catalog.pg_class'::regclass and d.deptype = 'n'
      and exists (select from pg_catalog.pg_sequence s where s.seqrelid = d.refobjid)
  ),
  -- The column with the least room decides.
  columns as materialized (
    select distinct on (u.sequence) u.sequence, n.nspname, c.relname, c.relpages, a.attname, a.attidentity <> '' as is_identity, t.bits
    from uses u
    join pg_catalog.pg_class c on c.oid = u.relation join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = u.relation and a.attnum = u.number
    cross join lateral (
      select case a.atttypid when 'int2'::regtype then 15 when 'int4'::regtype then 31 else 63 end as bits) as t
    order by u.sequence, t.bits, u.deptype
  ),
  sequences as materialized (
    select q.seqrelid, n.nspname, c.relname, q.seqmin, q.seqmax, q.seqincrement, q.seqtypid <> 'int8'::regtype as is_small,
      k.nspname as table_schema, k.relname as table_name, k.attname, coalesce(k.is_identity, false) as is_identity, coalesce(k.bits, 63) as bits,
      k.relpages, has_sequence_privilege(q.seqrelid, 'SELECT, USAGE') as is_visible
    from pg_catalog.pg_sequence q
    join pg_catalog.pg_class c on c.oid = q.seqrelid and c.relpersistence <> 't'
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join columns k on k.sequence = q.seqrelid
    where not q.seqcycle
  ),
  -- Those with the least room first, then those of the largest tables.
  likely as materialized (
    select s.*, least(s.seqmax, (2::numeric ^ s.bits) - 1) as highest, greatest(s.seqmin, -(2::numeric ^ s.bits)) as lowest
    from sequences s where s.is_visible
    order by least(s.seqmax, (2::numeric ^ s.bits) - 1) - greatest(s.seqmin, -(2::numeric ^ s.bits)), s.relpages desc nulls last, s.seqrelid limit $1
  ),
  positions as materialized (
    select l.*, pg_sequence_last_value(l.seqrelid) as last from likely l
  ),
  used as materialized (
    select p.*, case when p.seqincrement > 0 then p.last - p.lowest + 1 else p.highest - p.last + 1 end / nullif(p.highest - p.lowest + 1, 0) as share
    from positions p where p.last is not null
  )
select json_build_object(
  'count', (select count(*) from sequences),
  'read_count', (select count(*) from likely),
  'hidden_count', (select count(*) from sequences where not is_visible),
  'hidden_schemas', (select coalesce(json_agg(nspname order by nspname), '[]') from (select distinct nspname from sequences where not is_visible order by nspname limit 20) as h),
  'sequences', (
    select coalesce(json_agg(json_build_object('schema', u.nspname, 'name', u.relname, 'used', u.share::float8, 'last', u.last, 'is_small', u.is_small,
      'table_schema', u.table_schema, 'table_name', u.table_name, 'column', u.attname, 'is_identity', u.is_identity, 'bits', u.bits)), '[]')
    from (select * from used order by share desc, nspname, relname limit 20) as u)
)::text;
