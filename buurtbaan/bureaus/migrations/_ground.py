"""What stands before any table: extensions, the application's role, the scope's reader and the audit trail's writer."""

from django.contrib.postgres.operations import (
    BtreeGinExtension,
    BtreeGistExtension,
    CreateExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'buurtbaan_app') THEN
        CREATE ROLE buurtbaan_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'buurtbaan_app', 'SET') THEN
        EXECUTE format('GRANT buurtbaan_app TO %I', current_user);
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO buurtbaan_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO buurtbaan_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO buurtbaan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO buurtbaan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO buurtbaan_app;
"""

ROLE_BACK = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM buurtbaan_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM buurtbaan_app;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM buurtbaan_app;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM buurtbaan_app;
"""

SCOPE = """
CREATE FUNCTION scope_ids(setting text) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_to_array(nullif(current_setting('buurtbaan.' || setting, true), ''), ',')::bigint[], '{}')
$$;
"""

# The writer belongs to the tables' owner and runs with the owner's rights, so that the application can neither
# write a line of its own making nor take one away. Arguments: the column that names the candidate, and the
# columns whose values stay out. An update that changes nothing leaves no line.
AUDIT = """
CREATE FUNCTION audit_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    old_row jsonb; new_row jsonb; was jsonb; became jsonb; here jsonb;
    hidden text[] := string_to_array(TG_ARGV[1], ',') || ARRAY['updated_at'];
BEGIN
    IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD) - hidden; END IF;
    IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW) - hidden; END IF;
    here := coalesce(to_jsonb(NEW), to_jsonb(OLD));
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value) INTO was, became
        FROM jsonb_each(old_row) o JOIN jsonb_each(new_row) n USING (key) WHERE o.value IS DISTINCT FROM n.value;
        IF was IS NULL THEN RETURN NULL; END IF;
    ELSE
        was := old_row; became := new_row;
    END IF;
    INSERT INTO audit_change
        (at, actor_id, user_id, role, reason, "table", row_id, bureau_id, candidate_id, action, before, after)
    VALUES (
        clock_timestamp(),
        nullif(current_setting('buurtbaan.membership', true), '')::bigint,
        nullif(current_setting('buurtbaan.user', true), '')::bigint,
        coalesce(nullif(current_setting('buurtbaan.role', true), ''), 'none'),
        coalesce(current_setting('buurtbaan.reason', true), ''),
        TG_TABLE_NAME, (here ->> 'id')::bigint,
        CASE WHEN TG_TABLE_NAME = 'bureaus_bureau' THEN (here ->> 'id')::bigint ELSE (here ->> 'bureau_id')::bigint END,
        nullif(here ->> nullif(TG_ARGV[0], ''), '')::bigint,
        TG_OP, was, became
    );
    RETURN NULL;
END $$;
"""


GROUND = [
    TrigramExtension(),
    UnaccentExtension(),
    BtreeGistExtension(),
    BtreeGinExtension(),
    CreateExtension("intarray"),
    CreateExtension("fuzzystrmatch"),
    migrations.RunSQL(ROLE, ROLE_BACK),
    migrations.RunSQL(SCOPE, "DROP FUNCTION scope_ids(text);"),
    migrations.RunSQL(AUDIT, "DROP FUNCTION audit_write();"),
]
