-- A few tables of each owner in schema $1, with any column of theirs.
select owner, quote_ident(nspname) || '.' || quote_ident(relname), quote_ident(attname)
from (
  select pg_get_userbyid(c.relowner) as owner, n.nspname, c.relname, a.attname,
    dense_rank() over (order by c.relowner) as owner_number, row_number() over (partition by c.relowner order by c.oid) as table_number
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  cross join lateral (
    select attname from pg_catalog.pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped order by attnum limit 1) a
  where n.nspname = $1 and c.relname not like 'langsmithpg\_rehearsal\_%' and c.relkind in ('r', 'p')
    and not exists (
      select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
) as tables
where owner_number <= 20 and table_number <= 3
order by owner_number, table_number
