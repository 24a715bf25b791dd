#!/usr/bin/env bash
# Runs once, when PostgreSQL makes its data folder: the owner, who migrates, and the application's role, which
# row-level security binds. Neither is a superuser.
set -euo pipefail
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE buurtbaan_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE buurtbaan_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'app_password';
GRANT buurtbaan_app TO buurtbaan_owner WITH INHERIT FALSE, SET TRUE;
CREATE DATABASE buurtbaan OWNER buurtbaan_owner
  ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE buurtbaan FROM PUBLIC;
GRANT CONNECT ON DATABASE buurtbaan TO buurtbaan_app;
SQL
