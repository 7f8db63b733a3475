from django.db import migrations, models
from django.db.models.functions import Now

# Volatile, so that its second query has a snapshot of its own: it sees what was committed before the lock was obtained.
CLAIM = """
CREATE OR REPLACE FUNCTION idempotency_claim(who bigint, address text, name text)
RETURNS TABLE (locked boolean, body_sha256 bytea, status smallint, body bytea, content_type varchar, headers jsonb)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended(who || ' ' || name || ' ' || address, 0)) THEN
        RETURN QUERY SELECT false, NULL::bytea, NULL::smallint, NULL::bytea, NULL::varchar, NULL::jsonb;
        RETURN;
    END IF;
    RETURN QUERY
        SELECT true, k.body_sha256, k.status, k.body, k.content_type, k.headers
        FROM (SELECT 1) AS one
        LEFT JOIN common_idempotencykey k
            ON k.principal = who AND k.route = address AND k.key = name AND k.created_at > statement_timestamp() - interval '48 hours';
END
$$;
"""
UNCLAIM = "DROP FUNCTION IF EXISTS idempotency_claim(bigint, text, text)"


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("principal", models.BigIntegerField()),
                ("route", models.TextField()),
                ("key", models.CharField(max_length=200)),
                ("body_sha256", models.BinaryField(max_length=32)),
                ("status", models.PositiveSmallIntegerField()),
                ("body", models.BinaryField()),
                ("content_type", models.CharField(max_length=100)),
                ("headers", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(db_default=Now(), db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["principal", "route", "key"],
                        name="idempotency_key_once",
                        violation_error_message="This Idempotency-Key was used already.",
                    )
                ],
            },
        ),
        migrations.RunSQL(CLAIM, UNCLAIM),
    ]
