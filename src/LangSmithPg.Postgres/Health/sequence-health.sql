-- How far the sequences are from their end, as one JSON document. Asked apart, because a sequence can be locked. PostgreSQL 14 to 18; the
-- search path is pg_catalog alone. Worst first.
with
  -- A sequence of a column, and one that only its default names.
  uses as materialized (
    select d.objid as sequence, d.refobjid as relation, d.refobjsubid as number
    from pg_catalog.pg_sequence s join pg_catalog.pg_depend d on d.objid = s.seqrelid
    where d.classid = 'pg_catalog.pg_class'::regclass and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
    union all
    select d.refobjid, f.adrelid, f.adnum
    from pg_catalog.pg_depend d join pg_catalog.pg_attrdef f on f.oid = d.objid
    where d.classid = 'pg_catalog.pg_attrdef'::regclass and d.refclassid = 'pg_catalog.pg_class'::regclass and d.deptype = 'n'
  ),
  -- The column with the least room decides.
  columns as materialized (
    select u.sequence, min(case a.atttypid when 'int2'::regtype then 15 when 'int4'::regtype then 31 else 63 end) as bits
    from uses u join pg_catalog.pg_attribute a on a.attrelid = u.relation and a.attnum = u.number
    group by u.sequence
  ),
  sequences as materialized (
    select q.seqrelid, c.relnamespace, c.relname, q.seqincrement, q.seqtypid <> 'int8'::regtype as is_small, k.bits,
      least(q.seqmax, r.highest)::float8 as highest, greatest(q.seqmin, r.lowest)::float8 as lowest,
      has_sequence_privilege(q.seqrelid, 'SELECT, USAGE') as is_visible
    from pg_catalog.pg_sequence q
    join pg_catalog.pg_class c on c.oid = q.seqrelid and c.relpersistence <> 't'
    left join columns k on k.sequence = q.seqrelid
    join (values (15, 32767::int8, -32768::int8), (31, 2147483647, -2147483648), (63, 9223372036854775807, -9223372036854775808)) as r(bits, highest, lowest)
      on r.bits = coalesce(k.bits, 63)
    where not q.seqcycle
  ),
  -- Those with the least room, and of these the oldest: they have had the most time.
  likely as materialized (
    select * from sequences s where s.is_visible order by s.highest - s.lowest, s.seqrelid limit $1
  ),
  used as materialized (
    select l.*, case when l.seqincrement > 0 then l.last - l.lowest + 1 else l.highest - l.last + 1 end / nullif(l.highest - l.lowest + 1, 0) as share
    from (select likely.*, pg_sequence_last_value(likely.seqrelid) as last from likely) as l
    where l.last is not null
  )
select json_build_object(
  'count', (select count(*) from sequences),
  'read_count', (select count(*) from likely),
  'hidden_count', (select count(*) from sequences where not is_visible),
  'hidden_schemas', (
    select coalesce(json_agg(h.nspname order by h.nspname), '[]')
    from (
      select distinct n.nspname from sequences s join pg_catalog.pg_namespace n on n.oid = s.relnamespace where not s.is_visible order by n.nspname limit 20) as h),
  'sequences', (
    select coalesce(json_agg(json_build_object('schema', n.nspname, 'name', u.relname, 'used', u.share::float8, 'last', u.last, 'is_small', u.is_small,
      'table_schema', t.nspname, 'table_name', t.relname, 'column', t.attname, 'is_identity', coalesce(t.attidentity <> '', false), 'bits', coalesce(u.bits, 63))
      order by u.share desc, u.seqrelid), '[]')
    from (select * from used order by share desc, seqrelid limit 20) as u
    join pg_catalog.pg_namespace n on n.oid = u.relnamespace
    left join lateral (
      select tn.nspname, c.relname, a.attname, a.attidentity
      from uses v
      join pg_catalog.pg_class c on c.oid = v.relation join pg_catalog.pg_namespace tn on tn.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = v.relation and a.attnum = v.number
      where v.sequence = u.seqrelid and case a.atttypid when 'int2'::regtype then 15 when 'int4'::regtype then 31 else 63 end = u.bits
      order by c.oid, a.attnum limit 1) as t on true)
)::text;
