from django.db import migrations

from handover.migrations._only_members_hold import GUARD, UNGUARD


class Migration(migrations.Migration):
    dependencies = [("handover", "0008_agreeing_and_shifts"), ("accounts", "0001_people_and_teams")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
