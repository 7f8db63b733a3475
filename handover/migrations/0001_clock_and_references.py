"""The one clock that due rows are compared with, and the sequences behind references."""

from django.db import migrations

from common.refs import create_sequence

CLOCK = """
CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT clock_timestamp() $$;
COMMENT ON FUNCTION app_now() IS 'The clock that due rows are compared with. Tests replace it; nothing else does.';
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("accounts", "0001_people_and_teams")]
    operations = [
        migrations.RunSQL(CLOCK, "DROP FUNCTION IF EXISTS app_now()"),
        *[
            create_sequence(prefix)
            for prefix in ("AG", "CH", "FU", "HO", "HV", "IT", "SH")
        ],
    ]
