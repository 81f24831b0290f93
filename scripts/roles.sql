-- Makes a role for hypo that can look and plan, and can write nowhere.
--
--   psql -d shop -f scripts/roles.sql
--   psql -d shop -v role=shop_dba -v schemas=public,sales -f scripts/roles.sql
--
-- Run it in each database that hypo shall look at, as a superuser or as the owner of the schemas
-- with CREATEROLE (on Aurora: the master user). It can be run again at any time.
--
--   role      the role to make; default hypo_reader
--   schemas   the schemas whose tables it may read, parted by commas; default public
--
-- The role gets no password here, so it cannot log in by one until you give it one: \password ROLE.
-- promote, retire and rollback need the table's owner: connect as another role for those.

\set ON_ERROR_STOP on
\if :{?role} \else \set role hypo_reader \endif
\if :{?schemas} \else \set schemas public \endif

SET client_min_messages = warning;
BEGIN;

-- A role without any power of its own.
SELECT format('CREATE ROLE %I LOGIN', :'role')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
ALTER ROLE :"role" LOGIN NOCREATEDB NOCREATEROLE INHERIT CONNECTION LIMIT 10;

-- Other roles' statements in pg_stat_statements and pg_stat_activity, settings, progress of index builds.
GRANT pg_monitor TO :"role";

-- EXPLAIN runs nothing and is counted all the same. hypo switches that off for itself where it may; before
-- PostgreSQL 15 nobody can be allowed to, and the role counts nothing at all. Both take a superuser.
SELECT format('GRANT SET ON PARAMETER pg_stat_statements.track TO %I', :'role')
WHERE current_setting('server_version_num')::int >= 150000 AND current_setting('is_superuser') = 'on'
  AND current_setting('pg_stat_statements.track', true) IS NOT NULL \gexec
SELECT format('ALTER ROLE %I SET pg_stat_statements.track = ''none''', :'role')
WHERE current_setting('server_version_num')::int < 150000 AND current_setting('is_superuser') = 'on'
  AND current_setting('pg_stat_statements.track', true) IS NOT NULL \gexec

-- auto_explain that logs every plan cannot log one with a hypothetical index; hypo switches it off for itself where
-- it may. Both take a superuser, too.
SELECT format('GRANT SET ON PARAMETER auto_explain.log_min_duration TO %I', :'role')
WHERE current_setting('server_version_num')::int >= 150000 AND current_setting('is_superuser') = 'on'
  AND current_setting('auto_explain.log_min_duration', true) IS NOT NULL \gexec
SELECT format('ALTER ROLE %I SET auto_explain.log_min_duration = -1', :'role')
WHERE current_setting('server_version_num')::int < 150000 AND current_setting('is_superuser') = 'on'
  AND current_setting('auto_explain.log_min_duration', true) IS NOT NULL \gexec

-- Belt and braces: hypo sets all of this itself, and so do other programs that log in as this role.
ALTER ROLE :"role" SET default_transaction_read_only = on;
ALTER ROLE :"role" SET statement_timeout = '60s';
ALTER ROLE :"role" SET lock_timeout = '5s';
ALTER ROLE :"role" SET idle_in_transaction_session_timeout = '10min';

-- EXPLAIN needs the privileges of the statement that it plans: SELECT for reading ones. Statements that
-- write cannot be planned by this role; that is the price of a role that cannot write.
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), :'role') \gexec
SELECT format('GRANT USAGE ON SCHEMA %I TO %I', trim(s), :'role') FROM unnest(string_to_array(:'schemas', ',')) s \gexec
SELECT format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', trim(s), :'role')
FROM unnest(string_to_array(:'schemas', ',')) s \gexec
-- Tables that the role which runs this script makes later. Run it as each role that makes tables.
SELECT format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT ON TABLES TO %I', trim(s), :'role')
FROM unnest(string_to_array(:'schemas', ',')) s \gexec

-- PUBLIC may write into public up to PostgreSQL 14, and make temporary tables everywhere.
SELECT format('REVOKE CREATE ON SCHEMA %I FROM %I', trim(s), :'role')
FROM unnest(string_to_array(:'schemas', ',')) s \gexec

COMMIT;

-- What PUBLIC may do, this role may do too; only the owner can judge who else relies on it.
\pset tuples_only on
\pset format unaligned
SELECT format('note: PUBLIC may create objects in schema %I; to stop it: REVOKE CREATE ON SCHEMA %I FROM PUBLIC',
  nspname, nspname)
FROM pg_namespace
WHERE nspname = ANY (SELECT trim(s) FROM unnest(string_to_array(:'schemas', ',')) s)
  AND has_schema_privilege('public', oid, 'CREATE');
