"""A run fences off other processes; a log keeps what the other system counted; a case knows the action made of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("handover", "0003_due_trouble_and_unprepared_notices")]
    operations = [
        migrations.AddField("importrun", "token", models.UUIDField(blank=True, null=True)),
        migrations.AddIndex("importrun", models.Index(fields=["source", "-id"], name="import_run_by_source")),
        migrations.AddField("logevent", "version", models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField("logevent", "reassignments", models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField("logevent", "opened_at", models.DateTimeField(blank=True, null=True)),
        migrations.CreateModel(
            name="ImportedCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60)),
                ("case", models.CharField(max_length=60)),
                ("rows_seen", models.PositiveIntegerField(default=0)),
                ("events_used", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField(blank=True, null=True)),
                (
                    "action",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="imported_case", to="handover.action"
                    ),
                ),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="handover.importrun")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("source", "case"), name="imported_case_once")]},
        ),
    ]
