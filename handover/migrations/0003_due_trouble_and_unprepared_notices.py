"""A due row that failed says why and waits; notices whose deliveries are not made yet are found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handover", "0002_concepts")]
    operations = [
        migrations.AddField("due", "attempts", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("due", "trouble", models.CharField(blank=True, max_length=250)),
        migrations.AlterField(
            "due",
            "lease_until",
            models.DateTimeField(
                blank=True, null=True, help_text="Nobody else touches it before: a move is on its way, or it failed and waits to be tried again."
            ),
        ),
        migrations.AddIndex(
            "notification",
            models.Index(fields=["id"], condition=models.Q(prepared_at__isnull=True), name="notification_unprepared"),
        ),
    ]
