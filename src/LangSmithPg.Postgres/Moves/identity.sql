-- The number that initdb gave the server. A server may refuse to tell it. PostgreSQL 14 to 18.
select system_identifier::text from pg_catalog.pg_control_system();
