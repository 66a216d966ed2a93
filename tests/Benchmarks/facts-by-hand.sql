-- The facts of LangSmithPg's one query, as an admin asks for them in psql: a statement for each kind, PostgreSQL's own views.
begin transaction read only;
set local statement_timeout = '5s';
select current_setting('server_version_num'), version(), pg_is_in_recovery(), current_setting('default_transaction_read_only'),
  host(inet_server_addr()), inet_server_port(), pg_backend_pid(), clock_timestamp(), current_user, session_user;
select d.datname, pg_get_userbyid(d.datdba), pg_has_role(d.datdba, 'USAGE'), pg_encoding_to_char(d.encoding), d.datconnlimit,
  has_database_privilege(d.oid, 'CREATE'), has_database_privilege(d.oid, 'TEMP')
  from pg_database d where d.datname = current_database();
select rolname, rolsuper, rolcreaterole, rolcreatedb, rolconnlimit, rolvaliduntil from pg_roles where rolname = current_user;
select label from pg_shseclabel where objoid = current_user::regrole and provider = 'pgaadauth';
select nspname, pg_get_userbyid(nspowner), pg_has_role(nspowner, 'USAGE'), has_schema_privilege(oid, 'USAGE'), has_schema_privilege(oid, 'CREATE')
  from pg_namespace where nspname = 'public';
select pg_get_userbyid(c.relowner), count(*), bool_and(pg_has_role(c.relowner, 'USAGE'))
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  group by 1;
select pg_get_userbyid(t.typowner), count(*) from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where n.nspname = 'public' and t.typtype in ('e', 'd', 'r')
    and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
  group by 1;
select pg_get_userbyid(p.proowner), count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = 'public'
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype in ('e', 'i'))
  group by 1;
select distinct acl.grantee::regrole from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) as acl
  where n.nspname = 'public' and acl.privilege_type = 'CREATE' and acl.grantee <> current_user::regrole;
select t.typname, t.typtype from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where n.nspname = 'public' and t.typname in ('citext', 'ltree', 'lquery', 'ltxtquery', 'ltree_gist', 'gtrgm');
select o.opcmethod from pg_opclass o where o.opcintype = 'uuid'::regtype and o.opcdefault;
select current_schemas(true);
select s.setrole, s.setdatabase, s.setconfig from pg_db_role_setting s
  where s.setrole in (0, current_user::regrole) and s.setdatabase in (0, (select oid from pg_database where datname = current_database()));
select x.name, e.extversion, n.nspname, pg_get_userbyid(e.extowner), a.default_version, v.trusted, v.superuser
  from unnest(array['btree_gin', 'btree_gist', 'citext', 'ltree', 'pg_trgm', 'pgcrypto']) as x(name)
  left join pg_extension e on e.extname = x.name
  left join pg_namespace n on n.oid = e.extnamespace
  left join pg_available_extensions a on a.name = x.name
  left join pg_available_extension_versions v on v.name = x.name and v.version = a.default_version;
select name, reset_val from pg_settings
  where name in ('alloydb.iam_authentication', 'archive_mode', 'autovacuum', 'azure.extensions', 'cloudsql.iam_authentication', 'data_checksums',
    'default_tablespace', 'effective_cache_size', 'fsync', 'full_page_writes', 'google_columnar_engine.enabled',
    'idle_in_transaction_session_timeout', 'idle_session_timeout', 'lock_timeout', 'max_connections', 'max_parallel_workers',
    'max_worker_processes', 'neon.tenant_id', 'password_encryption', 'rds.allowed_extensions', 'rds.extensions', 'rds.force_ssl',
    'reserved_connections', 'session_replication_role', 'shared_buffers', 'ssl', 'statement_timeout', 'superuser_reserved_connections',
    'synchronous_commit', 'synchronous_standby_names', 'temp_file_limit', 'track_counts', 'transaction_timeout');
select rolname, pg_has_role(oid, 'MEMBER') from pg_roles
  where rolname in ('alloydbiamuser', 'alloydbsuperuser', 'avnadmin', 'azure_pg_admin', 'azuresu', 'citus', 'cloudsqladmin',
    'cloudsqliamserviceaccount', 'cloudsqliamuser', 'cloudsqlsuperuser', 'doadmin', 'neon_superuser', 'rds_extension', 'rds_iam',
    'rds_superuser', 'rdsadmin', 'rdsproxyadmin', 'supabase_admin');
select to_regproc('pg_catalog.aurora_version'), to_regproc('pg_catalog.pgaadauth_list_principals');
select count(*), count(*) filter (where usename = current_user) from pg_stat_activity where backend_type = 'client backend';
select datname, numbackends from pg_stat_database;
select ssl, version, cipher from pg_stat_ssl where pid = pg_backend_pid();
select gid, owner, clock_timestamp() - prepared from pg_prepared_xacts where database = current_database();
select slot_name, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) from pg_replication_slots where not active;
select count(*), count(*) filter (where sync_state in ('sync', 'quorum')) from pg_stat_replication;
select spcname, has_tablespace_privilege(oid, 'CREATE') from pg_tablespace where spcname = current_setting('default_tablespace');
select acl.grantee::regrole from pg_default_acl d, aclexplode(d.defaclacl) as acl
  where d.defaclrole = current_user::regrole and d.defaclobjtype in ('r', 'S') and acl.grantee <> current_user::regrole;
select datcollate, datcollversion, pg_database_collation_actual_version(oid) from pg_database where datname = current_database();
commit;
