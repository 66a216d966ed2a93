-- Whether LangSmith's counts of traces can be looked at cheaply, as one JSON document: a plain table of a type that PostgreSQL itself
-- compares, small or with an index that begins with the status. $1 is LangSmith's schema. The search path is pg_catalog alone.
select coalesce((
  select json_build_object(
    'is_readable', has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, 'SELECT') and not row_security_active(c.oid),
    'is_cheap', a.atttypid in ('text'::regtype, 'varchar'::regtype) and (c.relpages <= 12800 or exists (
      select from pg_catalog.pg_index i where i.indrelid = c.oid and i.indisvalid and i.indpred is null and i.indkey[0] = a.attnum)))
  from pg_catalog.pg_namespace n
  join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = 'trace_count_transactions' and c.relkind = 'r'
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'status' and not a.attisdropped
  where n.nspname = $1), json_build_object('is_readable', null, 'is_cheap', null))::text;
