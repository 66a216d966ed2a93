-- Empties a database that a restore filled in part: drops everything in it that belongs to no extension and not to the server, in small
-- transactions, so that tens of thousands of tables do not exhaust the server's locks. Run it only in a database that was empty before the
-- restore, and outside of a transaction: psql -f empty.sql. PostgreSQL 14 to 18.
-- Schemas stay that contain an extension, are named public, or are in the setting langsmithpg.kept_schemas, a JSON array of names.
do $langsmithpg$
declare
  size constant pg_catalog.int4 := 20;
  -- Each query gives statements. What depends on others is dropped before them; foreign keys first, as a table would take the locks of all
  -- that refer to it.
  queries constant pg_catalog.text[] := array[
    $q$ select format('alter table %I.%I drop constraint if exists %I', n.nspname, r.relname, c.conname)
        from pg_catalog.pg_constraint c join pg_catalog.pg_class r on r.oid = c.conrelid join langsmithpg_schemas n on n.oid = r.relnamespace
        where c.contype = 'f' and c.conparentid = '0' and langsmithpg_own('pg_catalog.pg_class', r.oid) $q$,
    $q$ select format('drop %s if exists %I.%I cascade', case c.relkind when 'v' then 'view' else 'materialized view' end, n.nspname, c.relname)
        from pg_catalog.pg_class c join langsmithpg_schemas n on n.oid = c.relnamespace
        where c.relkind in ('v', 'm') and langsmithpg_own('pg_catalog.pg_class', c.oid) $q$,
    $q$ select format('drop %s if exists %I.%I cascade', case c.relkind when 'f' then 'foreign table' else 'table' end, n.nspname, c.relname)
        from pg_catalog.pg_class c join langsmithpg_schemas n on n.oid = c.relnamespace
        where c.relkind in ('r', 'f') and langsmithpg_own('pg_catalog.pg_class', c.oid) order by not c.relispartition $q$,
    $q$ select format('drop table if exists %I.%I cascade', n.nspname, c.relname)
        from pg_catalog.pg_class c join langsmithpg_schemas n on n.oid = c.relnamespace
        where c.relkind = 'p' and langsmithpg_own('pg_catalog.pg_class', c.oid) order by not c.relispartition $q$,
    $q$ select format('drop sequence if exists %I.%I cascade', n.nspname, c.relname)
        from pg_catalog.pg_class c join langsmithpg_schemas n on n.oid = c.relnamespace
        where c.relkind = 'S' and langsmithpg_own('pg_catalog.pg_class', c.oid) $q$,
    $q$ select format('drop operator family if exists %I.%I using %I cascade', n.nspname, f.opfname, a.amname)
        from pg_catalog.pg_opfamily f join langsmithpg_schemas n on n.oid = f.opfnamespace join pg_catalog.pg_am a on a.oid = f.opfmethod
        where langsmithpg_own('pg_catalog.pg_opfamily', f.oid) $q$,
    $q$ select format('drop operator if exists %s cascade', o.oid::regoperator)
        from pg_catalog.pg_operator o join langsmithpg_schemas n on n.oid = o.oprnamespace
        where langsmithpg_own('pg_catalog.pg_operator', o.oid) $q$,
    $q$ select format('drop %s if exists %I.%I(%s) cascade', case p.prokind when 'a' then 'aggregate' else 'routine' end, n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))
        from pg_catalog.pg_proc p join langsmithpg_schemas n on n.oid = p.pronamespace
        where langsmithpg_own('pg_catalog.pg_proc', p.oid)
          and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i') $q$,
    $q$ select format('drop type if exists %I.%I cascade', n.nspname, t.typname)
        from pg_catalog.pg_type t join langsmithpg_schemas n on n.oid = t.typnamespace
        where langsmithpg_own('pg_catalog.pg_type', t.oid) and not exists (select from pg_catalog.pg_type e where e.typarray = t.oid)
          and (t.typtype in ('b', 'd', 'e', 'r') or (t.typtype = 'c' and exists (select from pg_catalog.pg_class c where c.oid = t.typrelid and c.relkind = 'c'))) $q$,
    $q$ select format('drop text search configuration if exists %I.%I cascade', n.nspname, c.cfgname)
        from pg_catalog.pg_ts_config c join langsmithpg_schemas n on n.oid = c.cfgnamespace where langsmithpg_own('pg_catalog.pg_ts_config', c.oid) $q$,
    $q$ select format('drop text search dictionary if exists %I.%I cascade', n.nspname, c.dictname)
        from pg_catalog.pg_ts_dict c join langsmithpg_schemas n on n.oid = c.dictnamespace where langsmithpg_own('pg_catalog.pg_ts_dict', c.oid) $q$,
    $q$ select format('drop collation if exists %I.%I cascade', n.nspname, c.collname)
        from pg_catalog.pg_collation c join langsmithpg_schemas n on n.oid = c.collnamespace where langsmithpg_own('pg_catalog.pg_collation', c.oid) $q$,
    $q$ select format('drop conversion if exists %I.%I cascade', n.nspname, c.conname)
        from pg_catalog.pg_conversion c join langsmithpg_schemas n on n.oid = c.connamespace where langsmithpg_own('pg_catalog.pg_conversion', c.oid) $q$,
    $q$ select format('drop server if exists %I cascade', s.srvname)
        from pg_catalog.pg_foreign_server s where langsmithpg_own('pg_catalog.pg_foreign_server', s.oid) $q$,
    $q$ select format('drop foreign data wrapper if exists %I cascade', f.fdwname)
        from pg_catalog.pg_foreign_data_wrapper f where langsmithpg_own('pg_catalog.pg_foreign_data_wrapper', f.oid) $q$,
    -- Without CASCADE: what nobody foresaw in it stays, and is an error.
    $q$ select format('drop schema if exists %I', n.nspname)
        from langsmithpg_schemas n
        where n.nspname <> 'public' and not exists (select from pg_catalog.pg_extension e where e.extnamespace = n.oid)
          and n.nspname not in (select json_array_elements_text(coalesce(nullif(current_setting('langsmithpg.kept_schemas', true), ''), '[]')::json)) $q$
  ];
  query pg_catalog.text;
  statements pg_catalog.text;
  objects pg_catalog.int8;
begin
  perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false), pg_catalog.set_config('client_min_messages', 'warning', false),
    pg_catalog.set_config('lock_timeout', '60s', false), pg_catalog.set_config('statement_timeout', '0', false);
  foreach query in array queries loop
    query := pg_catalog.regexp_replace(
      query, 'langsmithpg_own\(''([a-z_.]+)'', ([a-z]+)\.oid\)',
      'not exists (select from pg_catalog.pg_depend e where e.classid = ''\1''::regclass and e.objid = \2.oid and e.deptype = ''e'')', 'g');
    query := pg_catalog.replace(
      query, 'langsmithpg_schemas',
      '(select s.oid, s.nspname from pg_catalog.pg_namespace s where s.nspname <> ''information_schema'' and s.nspname not like ''pg\_%'''
        || ' and not exists (select from pg_catalog.pg_depend e where e.classid = ''pg_catalog.pg_namespace''::regclass and e.objid = s.oid and e.deptype = ''e''))');
    loop
      execute pg_catalog.format('select string_agg(one.statement, ''; '') from (select statement from (%s) as every(statement) limit %s) as one', query, size)
        into statements;
      exit when statements is null;
      execute statements;
      commit;
    end loop;
  end loop;

  loop
    select pg_catalog.count(pg_catalog.lo_unlink(one.oid)) into objects from (select l.oid from pg_catalog.pg_largeobject_metadata l limit size * 20) as one;
    exit when objects = 0;
    commit;
  end loop;
end
$langsmithpg$;
