from django.db import migrations

# INSERT: by the transaction that says so, without a position. UPDATE: only the sealer's, once. DELETE: never.
# TRUNCATE: only where a transaction has set baton.allow_truncate, which nothing in the product does (the tests empty tables).
GUARD = """
CREATE OR REPLACE FUNCTION audit_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before_sealing audit_event;
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('baton.allow_truncate', true) = 'on' THEN
        RETURN NULL;
    ELSIF TG_TABLE_NAME = 'audit_event' AND TG_OP = 'INSERT' THEN
        IF NEW.position IS NULL AND NEW.hash IS NULL AND NEW.xid = pg_current_xact_id()::text::bigint THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'An event of the trail is inserted unsealed.' USING ERRCODE = 'restrict_violation';
    ELSIF TG_TABLE_NAME = 'audit_event' AND TG_OP = 'UPDATE' THEN
        before_sealing := NEW;
        before_sealing.position := NULL;
        before_sealing.hash := NULL;
        IF OLD.position IS NULL AND NEW.position IS NOT NULL AND before_sealing IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'The trail is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER audit_event_rows BEFORE INSERT OR UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_guard();
CREATE TRIGGER audit_event_truncate BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_guard();
CREATE TRIGGER audit_anchor_rows BEFORE UPDATE OR DELETE ON audit_anchor FOR EACH ROW EXECUTE FUNCTION audit_guard();
CREATE TRIGGER audit_anchor_truncate BEFORE TRUNCATE ON audit_anchor FOR EACH STATEMENT EXECUTE FUNCTION audit_guard();
ALTER TABLE audit_event SET (autovacuum_vacuum_scale_factor = 0.02);
"""
UNGUARD = """
DROP TRIGGER IF EXISTS audit_event_rows ON audit_event;
DROP TRIGGER IF EXISTS audit_event_truncate ON audit_event;
DROP TRIGGER IF EXISTS audit_anchor_rows ON audit_anchor;
DROP TRIGGER IF EXISTS audit_anchor_truncate ON audit_anchor;
DROP FUNCTION IF EXISTS audit_guard();
ALTER TABLE audit_event RESET (autovacuum_vacuum_scale_factor);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_trail")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
