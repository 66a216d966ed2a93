-- A fingerprint that changes with whatever is written to the database, so that an earlier dump is not taken for what it holds now. The
-- statistics of a session that is still open may come later. The search path is pg_catalog alone. PostgreSQL 14 to 18.
select md5(coalesce((select string_agg(concat_ws('.', c.oid, c.relfilenode, c.relnatts, c.relchecks, c.reltriggers, s.ins, s.upd, s.del), ',' order by c.oid)
  from (select oid, relfilenode, relnatts, relchecks, relhastriggers as reltriggers from pg_class where relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
    -- What is changed in place without a trace in the others: columns, labels, comments, policies, and the contents of large objects.
    or oid in ('pg_attribute'::regclass, 'pg_enum'::regclass, 'pg_description'::regclass, 'pg_policy'::regclass, 'pg_largeobject'::regclass)) c
  left join (select relid, n_tup_ins as ins, n_tup_upd as upd, n_tup_del as del from pg_stat_all_tables) s on s.relid = c.oid), '')
  || coalesce((select string_agg(concat_ws('.', schemaname, sequencename, last_value), ',' order by schemaname, sequencename) from pg_sequences), '')
  || concat_ws(',', (select string_agg(concat(oid, '.', xmin), ' ' order by oid) from pg_proc), (select string_agg(concat(oid, '.', xmin), ' ' order by oid) from pg_type),
    (select string_agg(concat(oid, '.', xmin), ' ' order by oid) from pg_constraint), (select string_agg(concat(oid, '.', xmin), ' ' order by oid) from pg_attrdef),
    (select string_agg(concat(oid, '.', xmin), ' ' order by oid) from pg_trigger), (select string_agg(concat(oid, '.', xmin), ' ' order by oid) from pg_rewrite),
    (select string_agg(concat(oid, '.', xmin), ' ' order by oid) from pg_namespace))
  || (select concat_ws('.', count(*), max(oid::int8)) from pg_largeobject_metadata))
