"""How a team agrees to hand over, its rota, and the shift itself."""

import common.refs
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0001_people_and_teams"),
        ("handover", "0007_check_minutes_are_given"),
    ]

    operations = [
        common.refs.create_sequence("AB"),
        common.refs.create_sequence("SW"),
        common.refs.create_sequence("PO"),
        common.refs.create_sequence("SN"),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("AB")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("whole_days", models.BooleanField(default=True, help_text="Told in days, not in times.")),
                ("reason", models.TextField(blank=True)),
                ("told_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, help_text="When somebody ended it earlier than was planned.", null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, help_text="Called off before it began.", null=True)),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__isnull", True), ("ends_at__gt", models.F("starts_at")), _connector="OR"),
                        name="absence_ends_after_it_starts",
                        violation_error_message="An absence must end after it starts.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("with_checks", models.BooleanField(default=False, help_text="Also when the owner's checks fall due, without a word about customers.")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("hint", models.CharField(help_text="The first characters, to tell addresses apart.", max_length=8)),
                ("created_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="HolidayPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(max_length=2)),
                ("region", models.CharField(blank=True, max_length=10)),
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
            ],
            options={
                "ordering": ["first_day", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="pattern_exception_has_days",
                        violation_error_message="The last day is before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends__isnull", True), ("starts__isnull", True)),
                            models.Q(("ends__isnull", False), ("starts__isnull", False)),
                            _connector="OR",
                        ),
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
                        base_field=models.PositiveSmallIntegerField(
                            validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
            ],
            options={
                "ordering": ["pattern", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 12)),
                        name="pattern_week_in_the_cycle",
                        violation_error_message="A rotation has at most 12 weeks.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("PO")),
                ("kind", models.CharField(choices=[("law", "law"), ("organisation", "our own rule"), ("code", "code of practice")], max_length=12)),
                ("title", models.CharField(max_length=160)),
                ("source", models.URLField(blank=True, max_length=300, verbose_name="where the full text is")),
                ("kept_by", models.CharField(max_length=120, verbose_name="who keeps it")),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "policies",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("title"),
                        name="policy_title_unique",
                        violation_error_message="There is a policy of this title already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyAcknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PolicyAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "policies asked",
            },
        ),
        migrations.CreateModel(
            name="PolicyHint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("customer", "customer’s name and reference"),
                            ("contact", "how to reach the customer"),
                            ("promise", "what was promised, and by when"),
                            ("situation", "situation"),
                            ("done_so_far", "done so far"),
                            ("next_step", "next step"),
                            ("if_then", "if … then …"),
                            ("required", "required information"),
                        ],
                        max_length=12,
                    ),
                ),
                ("sentence", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="PolicyService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("body", models.TextField(verbose_name="what it says")),
                ("what_changed", models.TextField(blank=True)),
                ("in_force_from", models.DateField()),
                ("written_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ProcedureAcknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ProposalAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("agree", "I agree"), ("change", "I want a change first"), ("keep", "Keep what we have")], max_length=6
                    ),
                ),
                ("line", models.CharField(blank=True, max_length=60, verbose_name="which line")),
                ("words", models.TextField(blank=True, verbose_name="what instead, or why")),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_answer_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["", "agree"]), models.Q(("words", ""), _negated=True), _connector="OR"),
                        name="proposal_answer_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("agree", "I agree"), ("change", "I want a change first"), ("keep", "Keep what we have")], max_length=6
                    ),
                ),
                ("line", models.CharField(blank=True, max_length=60, verbose_name="which line")),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProposalDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fields", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ReportAddendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("text", models.TextField(verbose_name="what is to be added or corrected?")),
            ],
            options={
                "verbose_name_plural": "report addenda",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=[("outgoing", "given by"), ("incoming", "received by")], max_length=8)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ServiceSystem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="link")),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("address", ""), ("address__startswith", "https://"), ("address__startswith", "http://"), _connector="OR"),
                        name="service_system_links_to_the_web",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftLeft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("held", models.PositiveSmallIntegerField(default=0)),
                ("unaccepted", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why you leave before somebody has them")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("unaccepted", 0), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="shift_left_unaccepted_has_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("SN")),
                ("text", models.TextField(verbose_name="what should the next shift know?")),
                ("topic", models.CharField(blank=True, max_length=60)),
                ("pinned", models.BooleanField(default=False, verbose_name="standing instruction")),
                (
                    "audience",
                    models.CharField(
                        choices=[("following", "every shift from now on"), ("next", "the next shift only"), ("named", "a shift by its name")],
                        default="following",
                        max_length=10,
                        verbose_name="for",
                    ),
                ),
                ("shift_name", models.CharField(blank=True, max_length=60, verbose_name="which shift")),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                ("resolve_reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "named"), models.Q(("shift_name", ""), _negated=True)),
                            models.Q(models.Q(("audience", "named"), _negated=True), ("shift_name", "")),
                            _connector="OR",
                        ),
                        name="shift_note_named_shift_has_a_name",
                        violation_error_message="Say which shift the note is for.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__isnull", True), ("expires_at__gt", models.F("at")), _connector="OR"),
                        name="shift_note_expires_after_it_begins",
                        violation_error_message="A note runs out after it was written.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftNoteSeen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ShiftNoteVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("topic", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="ShiftReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.JSONField()),
                ("salt", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64)),
                ("fixed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("digest", ""), _negated=True), models.Q(("salt", ""), _negated=True)), name="shift_report_has_a_digest"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Swap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("SW")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "offered"),
                            ("agreed", "waits for a lead"),
                            ("made", "made"),
                            ("declined", "declined"),
                            ("refused", "refused by a lead"),
                            ("withdrawn", "withdrawn"),
                            ("lapsed", "ran out"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("offered_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(help_text="When the first of the shifts begins.")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-offered_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SwapRule",
            fields=[
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="swap_rule", serialize=False, to="accounts.team"
                    ),
                ),
                ("lead_approves", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="WallLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("digest", models.CharField(help_text="SHA-256 of the secret in the link.", max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="action",
            name="carried",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="carried forward"),
        ),
        migrations.AddField(
            model_name="action",
            name="carried_at",
            field=models.DateTimeField(blank=True, help_text="The shift change that was counted last.", null=True),
        ),
        migrations.AddField(
            model_name="action",
            name="carried_settled",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="action",
            name="put_off_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="why it is put off"),
        ),
        migrations.AddField(
            model_name="action",
            name="put_off_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="put off until"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="answer_by",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="decided_by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="decided_why",
            field=models.TextField(blank=True, verbose_name="why it was decided, or ended, without everybody's agreement"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="escalation",
            field=models.TextField(blank=True, verbose_name="if it was not done"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="means",
            field=models.CharField(
                choices=[
                    ("baton", "in Baton"),
                    ("face", "face to face, with Baton as the record"),
                    ("phone", "by phone, with Baton as the record"),
                    ("video", "by video, with Baton as the record"),
                ],
                default="baton",
                max_length=8,
                verbose_name="how",
            ),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="review_on",
            field=models.DateField(blank=True, null=True, verbose_name="next review"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="revision",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="how often its text was written"),
        ),
        migrations.AddField(
            model_name="agreementversion",
            name="why",
            field=models.TextField(blank=True, verbose_name="why"),
        ),
        migrations.AddField(
            model_name="handoverdraft",
            name="prepared_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="handoverdraft",
            name="prepared_for",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="handover.shift"),
        ),
        migrations.AddField(
            model_name="handoverpoint",
            name="information",
            field=models.CharField(blank=True, max_length=300, verbose_name="what changes hands"),
        ),
        migrations.AddField(
            model_name="item",
            name="watcher",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items_watched_for", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rostering",
            name="away",
            field=models.CharField(blank=True, choices=[("absence", "away"), ("covered", "covered"), ("swapped", "swapped")], max_length=10),
        ),
        migrations.AddField(
            model_name="rostering",
            name="away_from",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="rostering",
            name="away_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="rostering",
            name="how",
            field=models.CharField(
                choices=[("rostered", "rostered"), ("cover", "cover"), ("swap", "swap"), ("stand_in", "stand-in")], default="rostered", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="rostering",
            name="marked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="rostering",
            name="replaces",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="service",
            name="job_roles",
            field=models.ManyToManyField(blank=True, related_name="services", to="accounts.jobrole", verbose_name="job roles involved"),
        ),
        migrations.AddField(
            model_name="service",
            name="procedure",
            field=models.TextField(blank=True, verbose_name="how it is delivered"),
        ),
        migrations.AddField(
            model_name="service",
            name="starter",
            field=models.CharField(blank=True, max_length=60, verbose_name="made from this part of a starter set"),
        ),
        migrations.AddField(
            model_name="service",
            name="teams",
            field=models.ManyToManyField(blank=True, related_name="+", to="accounts.team", verbose_name="other teams involved"),
        ),
        migrations.AddField(
            model_name="shiftpattern",
            name="cycle_from",
            field=models.DateField(blank=True, help_text="A day in week 1 of a rotation.", null=True),
        ),
        migrations.AddField(
            model_name="shiftpattern",
            name="holiday_ends",
            field=models.TimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="shiftpattern",
            name="holiday_starts",
            field=models.TimeField(blank=True, null=True),
        ),
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
        migrations.AddField(
            model_name="step",
            name="job_roles",
            field=models.ManyToManyField(blank=True, related_name="steps", to="accounts.jobrole", verbose_name="job roles that do it"),
        ),
        migrations.AddField(
            model_name="step",
            name="team",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team", verbose_name="another team does it"
            ),
        ),
        migrations.AlterField(
            model_name="agreementversion",
            name="channel",
            field=models.CharField(default="in Baton", max_length=200, verbose_name="how, exactly"),
        ),
        migrations.AlterField(
            model_name="agreementversion",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("proposed", "proposed"),
                    ("in_force", "in force"),
                    ("ended", "no longer in force"),
                    ("withdrawn", "withdrawn"),
                    ("refused", "not agreed"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="due",
            name="rule",
            field=models.CharField(
                choices=[
                    ("nothing_offered", "nothing offered yet"),
                    ("not_accepted", "not accepted"),
                    ("offer_lapses", "an offer runs out"),
                    ("query", "query not answered"),
                    ("check", "completion check"),
                    ("check_not_answered", "check not answered"),
                    ("follow_up", "follow-up not decided"),
                    ("pool", "in the pool"),
                    ("promise", "promise"),
                    ("lapse", "accepted and then nothing"),
                    ("no_one_eligible", "no one eligible on shift"),
                    ("own_reminder", "own reminder"),
                    ("window_opens", "handover window opens"),
                    ("shift_ended", "shift ended with actions still held"),
                    ("carried", "carried forward"),
                    ("resumes", "put off until now"),
                    ("agreement_answer", "proposal not answered"),
                    ("agreement_review", "agreement due for review"),
                    ("policy", "policy not acknowledged"),
                    ("swap", "swap not answered"),
                    ("report", "shift report not signed"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("offered", "handed to you"),
                    ("accepted", "accepted"),
                    ("read_back", "read back"),
                    ("read_back_answered", "read-back answered"),
                    ("declined", "declined"),
                    ("queried", "question asked"),
                    ("query_answered", "question answered"),
                    ("query_waits", "question not answered"),
                    ("withdrawn", "withdrawn"),
                    ("not_accepted", "not accepted"),
                    ("offer_lapsed", "offer ran out"),
                    ("lapsed", "acceptance lapsed"),
                    ("nothing_offered", "nothing offered yet"),
                    ("no_one_eligible", "no one can take it"),
                    ("overridden", "rule gone past with a reason"),
                    ("check_asked", "completion check"),
                    ("check_waits", "check not answered"),
                    ("outcome", "outcome"),
                    ("unable", "could not be completed"),
                    ("follow_up_waits", "next step not decided"),
                    ("decided", "next step decided"),
                    ("escalated", "escalated to you"),
                    ("taken_back", "taken back"),
                    ("reassigned", "given to you by a lead"),
                    ("in_pool", "nobody holds it"),
                    ("promise", "promise"),
                    ("promise_changed", "another time agreed"),
                    ("chased", "the customer chased"),
                    ("reopened", "reopened"),
                    ("added", "added to what you took over"),
                    ("own_reminder", "your reminder"),
                    ("by_rule", "offered by rule"),
                    ("left_unaccepted", "left with urgent actions unaccepted"),
                    ("carried", "carried forward too often"),
                    ("back_again", "put off until now"),
                    ("proposed", "change to an agreement proposed"),
                    ("agreement_waits", "your answer to a proposal is waited for"),
                    ("proposal_answered", "proposal answered"),
                    ("agreed", "agreement in force"),
                    ("proposal_ended", "proposal ended"),
                    ("agreement_review", "agreement due for review"),
                    ("procedure", "how we hand over has changed"),
                    ("policy", "policy to acknowledge"),
                    ("rostered", "your shifts have changed"),
                    ("swap_offered", "swap offered"),
                    ("swap_answered", "swap answered"),
                    ("swap_waits", "swap to approve"),
                    ("away", "colleague away"),
                    ("shift_note", "note for the shift"),
                    ("report_waits", "shift report to sign"),
                    ("report", "shift report"),
                    ("left_team", "colleague has left"),
                    ("suggested", "suggestion"),
                    ("suggestion_discussed", "suggestion discussed"),
                    ("suggestion_answered", "suggestion answered"),
                    ("review_opened", "review to answer"),
                    ("review_waits", "your view is waited for"),
                    ("review_to_close", "review to conclude"),
                    ("review_closed", "review concluded"),
                    ("review_said", "about your figures in a review"),
                    ("observe", "handovers to observe"),
                    ("observed", "your handover was observed"),
                    ("observation_heard", "observation commented on"),
                    ("improving", "improvement proposed"),
                    ("improvement_waits", "improvement to answer"),
                    ("improvement_heard", "improvement answered"),
                    ("improvement_on", "improvement agreed"),
                    ("improvement_due", "improvement due"),
                    ("improvement_done", "improvement carried out"),
                    ("improvement_judge", "did an improvement work"),
                    ("improvement_over", "improvement ended"),
                    ("sharing_week", "how the week was shared"),
                    ("digest", "while you could not be reached"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="service",
            name="description",
            field=models.TextField(blank=True, verbose_name="what it is"),
        ),
        migrations.AddField(
            model_name="absence",
            name="colleague",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="absences", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="absence",
            name="stand_in",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="absence",
            name="team",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="absences", to="accounts.team"),
        ),
        migrations.AddField(
            model_name="absence",
            name="told_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="rostering",
            name="absence",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="rosterings", to="handover.absence"),
        ),
        migrations.AddField(
            model_name="feed",
            name="owner",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="feeds", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="feed",
            name="team",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: the owner's own shifts.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.team",
            ),
        ),
        migrations.AddField(
            model_name="holidayplace",
            name="team",
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="holiday_place", to="accounts.team"),
        ),
        migrations.AddField(
            model_name="patternexception",
            name="pattern",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="exceptions", to="handover.shiftpattern"),
        ),
        migrations.AddField(
            model_name="patternweek",
            name="crew",
            field=models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="patternweek",
            name="pattern",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="weeks", to="handover.shiftpattern"),
        ),
        migrations.AddField(
            model_name="policyacknowledgement",
            name="colleague",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="policyasked",
            name="team",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"),
        ),
        migrations.AddField(
            model_name="policyhint",
            name="policy",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="hints", to="handover.policy"),
        ),
        migrations.AddField(
            model_name="policyservice",
            name="policy",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="links", to="handover.policy"),
        ),
        migrations.AddField(
            model_name="policyservice",
            name="service",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="policy_links", to="handover.service"),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="policy",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="handover.policy"),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="published_by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="written_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="policyasked",
            name="version",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="asked", to="handover.policyversion"),
        ),
        migrations.AddField(
            model_name="policyacknowledgement",
            name="version",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="acknowledgements", to="handover.policyversion"),
        ),
        migrations.AddField(
            model_name="practice",
            name="colleague",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="practice",
            name="team",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"),
        ),
        migrations.AddField(
            model_name="procedureacknowledgement",
            name="colleague",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="procedureacknowledgement",
            name="team",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"),
        ),
        migrations.AddField(
            model_name="proposalanswer",
            name="colleague",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="proposal_answers", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="proposalanswer",
            name="team",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"),
        ),
        migrations.AddField(
            model_name="proposalanswer",
            name="version",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="handover.agreementversion"),
        ),
        migrations.AddField(
            model_name="proposalcomment",
            name="author",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="proposalcomment",
            name="version",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="handover.agreementversion"),
        ),
        migrations.AddField(
            model_name="proposaldraft",
            name="agreement",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="handover.agreement"),
        ),
        migrations.AddField(
            model_name="proposaldraft",
            name="point",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="handover.handoverpoint"),
        ),
        migrations.AddField(
            model_name="proposaldraft",
            name="writer",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="reportaddendum",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="reportsignature",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="reportsignature",
            name="on_behalf_of",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="servicesystem",
            name="service",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="systems", to="handover.service"),
        ),
        migrations.AddField(
            model_name="shiftleft",
            name="colleague",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="shiftleft",
            name="shift",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="left", to="handover.shift"),
        ),
        migrations.AddField(
            model_name="shiftnote",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="shiftnote",
            name="changed_by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="shiftnote",
            name="for_shift",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notes_for_it", to="handover.shift"),
        ),
        migrations.AddField(
            model_name="shiftnote",
            name="resolved_by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="shiftnote",
            name="team",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="shift_notes", to="accounts.team"),
        ),
        migrations.AddField(
            model_name="shiftnoteseen",
            name="colleague",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="shiftnoteseen",
            name="note",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="seen_by", to="handover.shiftnote"),
        ),
        migrations.AddField(
            model_name="shiftnoteversion",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="shiftnoteversion",
            name="note",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="handover.shiftnote"),
        ),
        migrations.AddField(
            model_name="shiftreport",
            name="shift",
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="report", to="handover.shift"),
        ),
        migrations.AddField(
            model_name="shiftreport",
            name="team",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team"),
        ),
        migrations.AddField(
            model_name="reportsignature",
            name="report",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="handover.shiftreport"),
        ),
        migrations.AddField(
            model_name="reportaddendum",
            name="report",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="addenda", to="handover.shiftreport"),
        ),
        migrations.AddField(
            model_name="swap",
            name="decided_by",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="swap",
            name="offered_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="swaps_offered", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="swap",
            name="offered_to",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="swaps_received", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="swap",
            name="return_shift",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="swaps_in_return", to="handover.shift"),
        ),
        migrations.AddField(
            model_name="swap",
            name="shift",
            field=models.ForeignKey(
                help_text="The shift of the colleague who offers.", on_delete=django.db.models.deletion.CASCADE, related_name="swaps", to="handover.shift"
            ),
        ),
        migrations.AddField(
            model_name="swap",
            name="team",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="swaps", to="accounts.team"),
        ),
        migrations.AddField(
            model_name="walllink",
            name="made_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="walllink",
            name="team",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="wall_links", to="accounts.team"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(condition=models.Q(("state__in", ["offered", "queried"])), fields=["from_team"], name="item_on_offer_from_team"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(condition=models.Q(("state__in", ["offered", "queried"])), fields=["to_team"], name="item_on_offer_to_team"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("seen_through_at__isnull", True), ("watcher__isnull", False)),
                fields=["watcher", "-offered_at", "-id"],
                name="item_watched_for",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(("put_off_until__isnull", True), ("state", "held"), _connector="OR"),
                name="action_put_off_while_held",
                violation_error_message="Only what somebody holds can be put off.",
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("put_off_until__isnull", True), ("promised_by__isnull", True), ("put_off_until__lte", models.F("promised_by")), _connector="OR"
                ),
                name="action_put_off_within_promise",
                violation_error_message="It is promised to the customer before that.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("agreement",),
                name="agreement_one_proposal",
                violation_error_message="Another change to this agreement is proposed already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.UniqueConstraint(condition=models.Q(("starter", ""), _negated=True), fields=("team", "starter"), name="service_adopted_once"),
        ),
        migrations.AddConstraint(
            model_name="shiftpattern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("holiday_ends__isnull", False), ("holiday_starts__isnull", False), ("on_holidays", "other")),
                    models.Q(models.Q(("on_holidays", "other"), _negated=True), ("holiday_ends__isnull", True), ("holiday_starts__isnull", True)),
                    _connector="OR",
                ),
                name="shift_pattern_holiday_hours",
                violation_error_message="Give the times on bank holidays where they are others, and only there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rostering",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("away", ""), _negated=True), models.Q(("away_from__isnull", True), ("away_until__isnull", True)), _connector="OR"),
                name="rostering_away_says_why",
                violation_error_message="Times of an absence need an absence.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rostering",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaces__isnull", True), models.Q(("replaces", models.F("colleague")), _negated=True), _connector="OR"),
                name="rostering_replaces_another",
                violation_error_message="Nobody replaces themselves.",
            ),
        ),
        migrations.AddIndex(
            model_name="absence",
            index=models.Index(condition=models.Q(("cancelled_at__isnull", True)), fields=["team", "starts_at"], name="absence_by_team_and_start"),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(("stand_in__isnull", True), models.Q(("stand_in", models.F("colleague")), _negated=True), _connector="OR"),
                name="absence_stand_in_is_another",
                violation_error_message="Somebody else stands in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="patternweek",
            constraint=models.UniqueConstraint(
                fields=("pattern", "number"), name="pattern_week_once", violation_error_message="This week of the rotation is there already."
            ),
        ),
        migrations.AddConstraint(
            model_name="policyhint",
            constraint=models.UniqueConstraint(fields=("policy", "place"), name="policy_hint_one_per_place"),
        ),
        migrations.AddConstraint(
            model_name="policyservice",
            constraint=models.UniqueConstraint(fields=("policy", "service"), name="policy_service_once"),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(fields=("policy", "number"), name="policy_version_number_unique"),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at__isnull", True)),
                fields=("policy",),
                name="policy_one_draft",
                violation_error_message="A new version of this policy is being written already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="policy_published_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyasked",
            constraint=models.UniqueConstraint(fields=("version", "team"), name="policy_asked_once_per_team"),
        ),
        migrations.AddConstraint(
            model_name="policyacknowledgement",
            constraint=models.UniqueConstraint(fields=("version", "colleague"), name="policy_acknowledged_once"),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.UniqueConstraint(fields=("colleague", "team"), name="practice_one_per_colleague_and_team"),
        ),
        migrations.AddConstraint(
            model_name="procedureacknowledgement",
            constraint=models.UniqueConstraint(fields=("team", "colleague", "fingerprint"), name="procedure_acknowledged_once"),
        ),
        migrations.AddConstraint(
            model_name="proposalanswer",
            constraint=models.UniqueConstraint(fields=("version", "colleague"), name="proposal_answer_one_each"),
        ),
        migrations.AddConstraint(
            model_name="proposaldraft",
            constraint=models.UniqueConstraint(fields=("writer", "point", "agreement"), name="proposal_draft_one_each", nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name="servicesystem",
            constraint=models.UniqueConstraint(fields=("service", "position"), name="service_system_one_place_each"),
        ),
        migrations.AddConstraint(
            model_name="shiftleft",
            constraint=models.UniqueConstraint(fields=("shift", "colleague"), name="shift_left_once"),
        ),
        migrations.AddIndex(
            model_name="shiftnote",
            index=models.Index(condition=models.Q(("resolved_at__isnull", True)), fields=["team", "at", "id"], name="shift_note_standing"),
        ),
        migrations.AddIndex(
            model_name="shiftnote",
            index=models.Index(fields=["team", "-at", "-id"], name="shift_note_by_team"),
        ),
        migrations.AddConstraint(
            model_name="shiftnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                    _connector="OR",
                ),
                name="shift_note_resolved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="shiftnoteseen",
            constraint=models.UniqueConstraint(fields=("note", "colleague"), name="shift_note_seen_once"),
        ),
        migrations.AddConstraint(
            model_name="shiftnoteversion",
            constraint=models.UniqueConstraint(fields=("note", "number"), name="shift_note_version_once"),
        ),
        migrations.AddConstraint(
            model_name="reportsignature",
            constraint=models.UniqueConstraint(fields=("report", "side"), name="report_signed_once_by_each_side"),
        ),
        migrations.AddConstraint(
            model_name="reportsignature",
            constraint=models.UniqueConstraint(fields=("report", "by"), name="report_signed_by_two"),
        ),
        migrations.AddConstraint(
            model_name="reportsignature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on_behalf_of__isnull", True),
                    models.Q(models.Q(("on_behalf_of", models.F("by")), _negated=True), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="report_signed_for_another_with_a_reason",
                violation_error_message="Say why you sign on behalf of somebody else.",
            ),
        ),
        migrations.AddIndex(
            model_name="swap",
            index=models.Index(fields=["team", "-offered_at"], name="swap_by_team"),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["offered", "agreed"])),
                fields=("shift", "offered_by"),
                name="swap_one_open_per_shift",
                violation_error_message="You have offered this shift to somebody already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.CheckConstraint(
                condition=models.Q(("offered_by", models.F("offered_to")), _negated=True),
                name="swap_with_another",
                violation_error_message="A swap is with somebody else.",
            ),
        ),
        migrations.AddConstraint(
            model_name="swap",
            constraint=models.CheckConstraint(
                condition=models.Q(("return_shift__isnull", True), models.Q(("return_shift", models.F("shift")), _negated=True), _connector="OR"),
                name="swap_two_shifts",
                violation_error_message="A swap is of two different shifts.",
            ),
        ),
    ]
