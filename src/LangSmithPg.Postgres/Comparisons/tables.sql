-- Every table that holds rows, partitions one by one, with the table that they belong to, their size, their columns and the key that tells
-- their rows apart. PostgreSQL 14 to 18.
with recursive
  parents as (
    select c.oid, c.oid as root from pg_catalog.pg_class c where c.relkind = 'p' and not c.relispartition
    union all
    select i.inhrelid, p.root from parents p join pg_catalog.pg_inherits i on i.inhparent = p.oid
  ),
  stored as materialized (
    select c.oid, c.relkind, c.relpages, c.relam, c.reltoastrelid, coalesce(p.root, c.oid) as root
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace left join parents p on p.oid = c.oid
    where (c.relkind = 'r' or (c.relkind = 'm' and c.relispopulated)) and c.relpersistence <> 't'
      and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname !~ '^pg_(toast_)?temp_'
      and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  )
select n.nspname::text, r.relname::text, sn.nspname::text, sc.relname::text,
  /*bytes*/pg_table_size(s.oid), /*blocks*/pg_relation_size(s.oid) / current_setting('block_size')::bigint,
  coalesce((select a.amname = 'heap' from pg_catalog.pg_am a where a.oid = s.relam), false),
  has_table_privilege(s.oid, 'SELECT'), s.relkind = 'm',
  (select json_agg(json_build_array(
      a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
      -- What needs no other function than PostgreSQL's own to become text, and all of its text counts.
      t.typnamespace = 'pg_catalog'::regnamespace and t.typtype = 'b' and t.typname <> 'bpchar') order by a.attnum)
    from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
    where a.attrelid = s.oid and a.attnum > 0 and not a.attisdropped)::text,
  (select json_agg(a.attname order by k.place)
    from (
      select i.indkey, i.indnkeyatts from pg_catalog.pg_index i
      where i.indrelid = s.root and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
        and not exists (
          select from unnest(i.indkey[0:i.indnkeyatts - 1]) u(number) join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.number
          where not a.attnotnull)
      order by not i.indisprimary, i.indnkeyatts, i.indexrelid limit 1) i
    cross join lateral (
      select * from unnest(i.indkey) with ordinality u(number, place) where u.place <= i.indnkeyatts) k
    join pg_catalog.pg_attribute a on a.attrelid = s.root and a.attnum = k.number)::text
from stored s
  join pg_catalog.pg_class r on r.oid = s.root join pg_catalog.pg_namespace n on n.oid = r.relnamespace
  join pg_catalog.pg_class sc on sc.oid = s.oid join pg_catalog.pg_namespace sn on sn.oid = sc.relnamespace
order by 5 desc, 1, 2, 3, 4
