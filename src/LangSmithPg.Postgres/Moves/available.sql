-- The extensions that the server has files for, as one JSON document. A single broken control file makes it fail. PostgreSQL 14 to 18. The
-- search path is pg_catalog alone.
select coalesce(json_agg(json_build_object('name', e.name, 'version', e.default_version, 'trusted', coalesce(v.trusted or not v.superuser, false)) order by e.name), '[]')::text
from pg_available_extensions() e
left join pg_available_extension_versions() v on v.name = e.name and v.version = e.default_version;
