import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

WEEKDAYS = [django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)]


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_people_and_teams"),
        ("handover", "0014_carried_and_put_off"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HolidayPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(max_length=2)),
                ("region", models.CharField(blank=True, max_length=10)),
                ("team", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="holiday_place", to="accounts.team")),
            ],
        ),
        migrations.CreateModel(
            name="PatternException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("starts", models.TimeField(blank=True, null=True)),
                ("ends", models.TimeField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=120)),
                ("pattern", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="exceptions", to="handover.shiftpattern")),
            ],
            options={
                "ordering": ["first_day", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(last_day__gte=F("first_day")),
                        name="pattern_exception_has_days",
                        violation_error_message="The last day is before the first.",
                    ),
                    models.CheckConstraint(
                        condition=Q(Q(starts__isnull=True, ends__isnull=True), Q(starts__isnull=False, ends__isnull=False), _connector="OR"),
                        name="pattern_exception_has_both_times",
                        violation_error_message="Give a start and an end, or neither.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PatternWeek",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(validators=WEEKDAYS), blank=True, default=list, size=None
                    ),
                ),
                ("crew", models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("pattern", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="weeks", to="handover.shiftpattern")),
            ],
            options={
                "ordering": ["pattern", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pattern", "number"), name="pattern_week_once", violation_error_message="This week of the rotation is there already."
                    ),
                    models.CheckConstraint(
                        condition=Q(number__gte=1, number__lte=12),
                        name="pattern_week_in_the_cycle",
                        violation_error_message="A rotation has at most 12 weeks.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="shiftpattern",
            name="cycle_from",
            field=models.DateField(blank=True, help_text="A day in week 1 of a rotation.", null=True),
        ),
        migrations.AddField(model_name="shiftpattern", name="holiday_ends", field=models.TimeField(blank=True, null=True)),
        migrations.AddField(model_name="shiftpattern", name="holiday_starts", field=models.TimeField(blank=True, null=True)),
        migrations.AddField(
            model_name="shiftpattern",
            name="on_holidays",
            field=models.CharField(
                choices=[("as_usual", "runs as usual"), ("off", "does not run"), ("other", "runs at other times")],
                default="as_usual",
                max_length=8,
                verbose_name="on bank holidays",
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftpattern",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(on_holidays="other", holiday_starts__isnull=False, holiday_ends__isnull=False),
                    Q(~Q(on_holidays="other"), holiday_starts__isnull=True, holiday_ends__isnull=True),
                    _connector="OR",
                ),
                name="shift_pattern_holiday_hours",
                violation_error_message="Give the times on bank holidays where they are others, and only there.",
            ),
        ),
    ]
