-- The roles and the database, once, as a superuser of the server:
--   psql -v owner_password=… -v web_password=… -f deploy/roles.sql
CREATE ROLE alongside_app NOLOGIN;
CREATE ROLE alongside_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE alongside_web LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS
  PASSWORD :'web_password' IN ROLE alongside_app;
CREATE DATABASE alongside OWNER alongside_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE alongside FROM PUBLIC;
GRANT CONNECT ON DATABASE alongside TO alongside_web;
