from django.db import migrations

from handover.migrations._only_members_hold import GUARD, UNGUARD


class Migration(migrations.Migration):
    dependencies = [("handover", "0012_watchers_and_wall_links"), ("accounts", "0001_people_and_teams")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
