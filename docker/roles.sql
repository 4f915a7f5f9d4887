-- The two roles of Caseload and its database; safe to run again. Run by psql as a superuser.
--
-- app_owner owns the tables and runs migrations. app_web is the web and the workers: it is under row-level
-- security like anybody and gets each table's rights from that table's migration.

SELECT 'CREATE ROLE app_owner'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_owner') \gexec
SELECT 'CREATE ROLE app_web'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_web') \gexec

ALTER ROLE app_owner WITH LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE app_web WITH LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;

ALTER ROLE app_web SET lock_timeout = '5s';
ALTER ROLE app_web SET statement_timeout = '60s';

SELECT 'CREATE DATABASE caseload OWNER app_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'caseload') \gexec

\connect caseload
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
