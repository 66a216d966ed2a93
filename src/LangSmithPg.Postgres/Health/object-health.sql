-- What the database stores, as one JSON document: tables and indexes, from the catalogs and the statistics alone. No table is read and
-- no lock on one is waited for: sizes are those of the last VACUUM or ANALYZE. PostgreSQL 14 to 18; the search path is pg_catalog alone.
-- $1: dead rows from which a table counts. $2: how many times its own threshold they must be. $3: pages from which an unused index
-- counts. $4: pages from which a duplicate index counts. Lists are bounded, worst first.
with
  namespaces as materialized (
    select n.oid, n.nspname from pg_catalog.pg_namespace n where n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
  ),
  settings as materialized (
    select current_setting('autovacuum_vacuum_threshold')::float8 as threshold, current_setting('autovacuum_vacuum_scale_factor')::float8 as scale,
      -- PostgreSQL 18.
      nullif(current_setting('autovacuum_vacuum_max_threshold', true)::float8, -1) as maximum, current_setting('block_size')::bigint as page
  ),
  tables as materialized (
    select c.oid, n.nspname, c.relname, c.relpages, c.reltuples, c.reltoastrelid, c.reloptions, pg_stat_get_dead_tuples(c.oid) as dead
    from pg_catalog.pg_class c join namespaces n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm') and c.relpersistence <> 't'
  ),
  behind as materialized (
    select t.oid, t.nspname, t.relname, t.dead, t.reltuples, o.enabled, limits.threshold
    from tables t cross join settings s
    left join lateral (
      select max(option_value) filter (where option_name = 'autovacuum_enabled') as enabled,
        max(option_value) filter (where option_name = 'autovacuum_vacuum_threshold')::float8 as threshold,
        max(option_value) filter (where option_name = 'autovacuum_vacuum_scale_factor')::float8 as scale,
        nullif(max(option_value) filter (where option_name = 'autovacuum_vacuum_max_threshold')::float8, -1) as maximum
      from pg_options_to_table(t.reloptions)
    ) as o on t.reloptions is not null
    cross join lateral (
      select least(coalesce(o.threshold, s.threshold) + coalesce(o.scale, s.scale) * greatest(t.reltuples, 0), coalesce(o.maximum, s.maximum)) as threshold
    ) as limits
    where t.dead >= $1 and t.dead > $2 * limits.threshold
  ),
  largest as materialized (
    select t.oid, t.nspname, t.relname, t.relpages, t.reltuples, t.reloptions, (t.relpages + coalesce(x.relpages, 0)) * s.page as bytes
    from tables t cross join settings s left join pg_catalog.pg_class x on x.oid = t.reltoastrelid
    order by t.relpages + coalesce(x.relpages, 0) desc, t.nspname, t.relname limit 20
  ),
  -- The most that the rows can take if nothing is between them: each column with its widest padding. Null where the role may not see
  -- the statistics of a column, or there are none.
  packed as materialized (
    select l.oid, case when count(*) = count(w.avg_width) then sum((1 - w.null_frac) * w.avg_width
        + case a.attalign when 'd' then 7 when 'i' then 3 when 's' then 1 else 0 end) end as width, count(*) as columns
    from largest l
    join pg_catalog.pg_attribute a on a.attrelid = l.oid and a.attnum > 0 and not a.attisdropped
    left join pg_catalog.pg_stats w on w.schemaname = l.nspname and w.tablename = l.relname and w.attname = a.attname and not w.inherited
    group by l.oid
  ),
  indexes as materialized (
    select i.indexrelid, i.indrelid, i.indkey, i.indclass, i.indcollation, i.indoption, i.indisunique, i.indnkeyatts, i.indexprs, i.indpred,
      i.indisvalid and i.indisready and i.indislive as is_valid, i.indisreplident, c.relname, c.relpages, c.relam, c.relispartition, n.nspname, i.indisprimary or i.indisexclusion as is_constraint
    from pg_catalog.pg_index i
    join pg_catalog.pg_class c on c.oid = i.indexrelid and c.relkind = 'i' and c.relpersistence <> 't'
    join namespaces n on n.oid = c.relnamespace
  ),
  unused as materialized (
    select i.nspname, i.relname, i.relpages, i.indrelid from indexes i
    where i.relpages >= $3 and i.is_valid and not i.indisunique and not i.is_constraint and not i.indisreplident and not i.relispartition
      and pg_stat_get_numscans(i.indexrelid) = 0
  ),
  -- Of indexes with the same columns, the first one is kept: one that is needed for a constraint, or is unique.
  alike as materialized (
    select i.*, count(*) over same > 1 as is_shared, first_value(i.nspname) over kept as kept_schema, first_value(i.relname) over kept as kept_name,
      row_number() over kept as place
    from (
      select i.*, exists (select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x')) as backs,
        exists (select from pg_catalog.pg_constraint k where k.conindid = i.indexrelid and k.contype = 'f') as is_referenced,
        -- Where in a statement an expression stood is in its tree too.
        regexp_replace(coalesce(i.indexprs::text, ''), ':(location|rexpr_list_start|rexpr_list_end) -?\d+', '', 'g') as expressions,
        regexp_replace(coalesce(i.indpred::text, ''), ':(location|rexpr_list_start|rexpr_list_end) -?\d+', '', 'g') as predicate
      from indexes i where i.relpages >= $4 and i.is_valid and not i.relispartition
    ) as i
    window same as (partition by i.indrelid, i.relam, i.indkey::text, i.indnkeyatts, i.indclass::text, i.indcollation::text, i.indoption::text, i.expressions, i.predicate),
      kept as (same order by i.backs desc, i.is_referenced desc, i.indisunique desc, i.indisreplident desc, i.relname)
  ),
  duplicates as materialized (
    select * from alike a
    -- A second unique one may see nulls in another way.
    where a.is_shared and a.place > 1 and not a.backs and not a.is_referenced and not a.indisunique and not a.indisreplident
  ),
  invalid as materialized (
    select i.nspname, i.relname, i.relpages, i.indisunique,
      -- CREATE INDEX CONCURRENTLY and REINDEX CONCURRENTLY hold it, as VACUUM and ANALYZE do.
      exists (select from pg_lock_status() l where l.granted and l.relation = i.indrelid and l.mode = 'ShareUpdateExclusiveLock') as is_busy
    from indexes i where not i.is_valid
  ),
  oldest as (
    select c.oid, c.relname, c.relnamespace, c.relkind, c.relpersistence, age(c.relfrozenxid) as transaction_age, mxid_age(c.relminmxid) as multixact_age
    from pg_catalog.pg_class c where c.relkind in ('r', 'm', 't')
  )
select json_build_object(
  'oldest_tables', (
    select coalesce(json_agg(json_build_object('schema', n.nspname, 'name', m.relname, 'transaction_age', t.transaction_age, 'multixact_age', t.multixact_age,
      'is_temporary', t.relpersistence = 't')), '[]')
    from (
      (select * from oldest order by transaction_age desc, oid limit 3) union (select * from oldest order by multixact_age desc, oid limit 3)) as t
    -- The table that it holds the long values of is the one to vacuum.
    left join pg_catalog.pg_class own on t.relkind = 't' and own.reltoastrelid = t.oid
    join pg_catalog.pg_class m on m.oid = coalesce(own.oid, t.oid)
    join pg_catalog.pg_namespace n on n.oid = m.relnamespace),
  'behind_count', (select count(*) from behind),
  'behind', (
    select coalesce(json_agg(json_build_object('schema', b.nspname, 'name', b.relname, 'dead_rows', b.dead, 'rows', greatest(b.reltuples, 0)::bigint,
      'threshold', b.threshold::bigint, 'is_disabled', coalesce(lower(b.enabled) in ('false', 'off', 'no', '0', 'f', 'n'), false),
      'vacuumed', greatest(pg_stat_get_last_vacuum_time(b.oid), pg_stat_get_last_autovacuum_time(b.oid)))), '[]')
    from (select * from behind order by dead desc, nspname, relname limit 20) as b),
  'largest_tables', (
    select coalesce(json_agg(json_build_object('schema', l.nspname, 'name', l.relname, 'bytes', l.bytes, 'heap_bytes', l.relpages * s.page,
      'packed_bytes', case when l.reltuples = 0 then 0 when l.reltuples > 0 then (ceil(l.reltuples
        -- A row has a header of 24 bytes and a pointer of 4, and begins at a multiple of 8.
        * (28 + 8 * ceil((p.width + ceil(p.columns / 8.0)) / 8)) / ((s.page - 24) * coalesce(f.fillfactor, 100) / 100)) * s.page)::bigint end)
      order by l.bytes desc, l.nspname, l.relname), '[]')
    from largest l cross join settings s left join packed p on p.oid = l.oid
    left join lateral (
      select max(option_value)::float8 as fillfactor from pg_options_to_table(l.reloptions) where option_name = 'fillfactor') as f on l.reloptions is not null),
  'invalid_count', (select count(*) from invalid where not is_busy),
  'building_count', (select count(*) from invalid where is_busy),
  'invalid_indexes', (
    select coalesce(json_agg(json_build_object('schema', i.nspname, 'name', i.relname, 'bytes', i.relpages * s.page, 'is_unique', i.indisunique)), '[]')
    from (select * from invalid where not is_busy order by relpages desc, nspname, relname limit 20) as i cross join settings s),
  'unused_count', (select count(*) from unused),
  'unused_bytes', (select coalesce(sum(u.relpages), 0) * s.page from settings s left join unused u on true group by s.page),
  'unused_indexes', (
    select coalesce(json_agg(json_build_object('schema', u.nspname, 'name', u.relname, 'bytes', u.relpages * s.page, 'is_unique', false)), '[]')
    from (select * from unused order by relpages desc, nspname, relname limit 20) as u cross join settings s),
  'duplicate_count', (select count(*) from duplicates),
  'duplicate_indexes', (
    select coalesce(json_agg(json_build_object('schema', d.nspname, 'name', d.relname, 'bytes', d.relpages * s.page, 'kept_schema', d.kept_schema, 'kept_name', d.kept_name)), '[]')
    from (select * from duplicates order by relpages desc, nspname, relname limit 20) as d cross join settings s),
  -- Those of indexes, but for the database's own and those that never change.
  'collations', (
    select coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.collname, 'version', c.collversion, 'actual_version', pg_collation_actual_version(c.oid))
      order by n.nspname, c.collname), '[]')
    from (select distinct unnest(i.indcollation::oid[]) as oid from indexes i) as used
    join pg_catalog.pg_collation c on c.oid = used.oid and c.collversion is not null
    join pg_catalog.pg_namespace n on n.oid = c.collnamespace)
)::text;
