"""The tables of handing over, for a database that has none yet: in one step, where the migrations that it replaces take many."""

import common.refs
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from handover.migrations._only_members_hold import GUARD, UNGUARD


class Migration(migrations.Migration):
    replaces = [
        ("handover", "0002_concepts"),
        ("handover", "0003_due_trouble_and_unprepared_notices"),
        ("handover", "0004_imported_cases"),
        ("handover", "0005_more_notices"),
        ("handover", "0006_action_search"),
        ("handover", "0007_check_minutes_are_given"),
        ("handover", "0008_agreeing_and_shifts"),
        ("handover", "0009_only_members_hold"),
    ]
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0001_people_and_teams"),
        ("handover", "0001_clock_and_references"),
    ]

    operations = [
        common.refs.create_sequence("AB"),
        common.refs.create_sequence("SW"),
        common.refs.create_sequence("PO"),
        common.refs.create_sequence("SN"),
        migrations.CreateModel(
            name="HandoverPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letter", models.CharField(max_length=2)),
                ("name", models.CharField(max_length=120)),
                ("information", models.CharField(blank=True, max_length=300, verbose_name="what changes hands")),
            ],
            options={
                "ordering": ["letter"],
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
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="absences", to=settings.AUTH_USER_MODEL)),
                (
                    "stand_in",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="absences", to="accounts.team")),
                ("told_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "indexes": [models.Index(condition=models.Q(("cancelled_at__isnull", True)), fields=["team", "starts_at"], name="absence_by_team_and_start")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__isnull", True), ("ends_at__gt", models.F("starts_at")), _connector="OR"),
                        name="absence_ends_after_it_starts",
                        violation_error_message="An absence must end after it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stand_in__isnull", True), models.Q(("stand_in", models.F("colleague")), _negated=True), _connector="OR"),
                        name="absence_stand_in_is_another",
                        violation_error_message="Somebody else stands in.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("HV")),
                ("title", models.CharField(max_length=200, verbose_name="what is to be done")),
                ("customer_name", models.CharField(blank=True, max_length=120, verbose_name="customer")),
                ("customer_reference", models.CharField(blank=True, max_length=60, verbose_name="room, booking or account")),
                ("customer_contact", models.CharField(blank=True, max_length=120, verbose_name="reach the customer by")),
                ("promise", models.TextField(blank=True, verbose_name="promised to the customer")),
                ("promised_by", models.DateTimeField(blank=True, null=True, verbose_name="promised by")),
                ("urgency", models.CharField(choices=[("routine", "routine"), ("soon", "soon"), ("urgent", "urgent")], default="routine", max_length=8)),
                (
                    "state",
                    models.CharField(
                        choices=[("held", "held"), ("pool", "in the team pool"), ("completed", "completed"), ("not_needed", "no longer needed")], max_length=14
                    ),
                ),
                ("held_since", models.DateTimeField(blank=True, help_text="Since when it is held, or lies in the pool.", null=True)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closing_words", models.TextField(blank=True)),
                ("sort_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("carried", models.PositiveSmallIntegerField(default=0, verbose_name="carried forward")),
                ("carried_settled", models.PositiveSmallIntegerField(default=0)),
                ("carried_at", models.DateTimeField(blank=True, help_text="The shift change that was counted last.", null=True)),
                ("put_off_until", models.DateTimeField(blank=True, null=True, verbose_name="put off until")),
                ("put_off_reason", models.CharField(blank=True, max_length=300, verbose_name="why it is put off")),
                ("external_ref", models.CharField(blank=True, max_length=120, null=True)),
                ("imported_from", models.CharField(blank=True, max_length=60)),
                (
                    "trail_salt",
                    models.CharField(blank=True, help_text="Salt of this action's personal fields in the trail; goes when they are redacted.", max_length=32),
                ),
                (
                    "created_by",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="actions_created", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="actions_held", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="accounts.team")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state__in", ["held", "pool"])), fields=["team", "sort_at", "id"], name="action_open_by_team"),
                    models.Index(fields=["team", "-changed_at", "-id"], name="action_by_change"),
                    models.Index(fields=["team", "sort_at", "id"], name="action_by_team"),
                    models.Index(condition=models.Q(("state", "held")), fields=["responsible", "sort_at", "id"], name="action_held"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector("title", "customer_name", "customer_reference", "ref", config="simple"),
                        name="action_search",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("held_since__isnull", False), ("responsible__isnull", False), ("state", "held")),
                            models.Q(("closed_at__isnull", True), ("held_since__isnull", False), ("responsible__isnull", True), ("state", "pool")),
                            models.Q(("closed_at__isnull", False), ("state__in", ["completed", "not_needed"])),
                            _connector="OR",
                        ),
                        name="action_has_one_holder_or_none",
                        violation_error_message="An open action is held by one colleague or lies in the team pool.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("put_off_until__isnull", True), ("state", "held"), _connector="OR"),
                        name="action_put_off_while_held",
                        violation_error_message="Only what somebody holds can be put off.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("put_off_until__isnull", True), ("promised_by__isnull", True), ("put_off_until__lte", models.F("promised_by")), _connector="OR"
                        ),
                        name="action_put_off_within_promise",
                        violation_error_message="It is promised to the customer before that.",
                    ),
                    models.UniqueConstraint(
                        fields=("team", "external_ref"),
                        name="action_external_ref_once",
                        violation_error_message="An action with this external reference is here already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("AG")),
                (
                    "applies",
                    models.CharField(
                        choices=[("during", "during a shift"), ("between", "between shifts"), ("both", "during and between shifts")],
                        default="both",
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="accounts.team")),
                ("point", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="handover.handoverpoint")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("point", "applies"), name="agreement_one_per_point_and_time")],
            },
        ),
        migrations.CreateModel(
            name="AgreementVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
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
                ("trigger", models.TextField(blank=True, verbose_name="when it is right to hand over")),
                (
                    "means",
                    models.CharField(
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
                ("channel", models.CharField(default="in Baton", max_length=200, verbose_name="how, exactly")),
                ("warm", models.BooleanField(default=False, verbose_name="spoken as well")),
                ("colleague_may_go_past", models.BooleanField(default=False, verbose_name="a colleague may go past the rules with a reason")),
                (
                    "check_rule",
                    models.CharField(
                        choices=[
                            ("promise", "15 minutes after the promise to the customer"),
                            ("next_shift", "at the start of the giver's next shift"),
                            ("after", "some time after acceptance"),
                        ],
                        default="promise",
                        max_length=12,
                    ),
                ),
                ("check_minutes", models.PositiveIntegerField(blank=True, help_text="Minutes after acceptance, where the check rule says so.", null=True)),
                ("escalation", models.TextField(blank=True, verbose_name="if it was not done")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="next review")),
                ("why", models.TextField(blank=True, verbose_name="why")),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="how often its text was written")),
                ("answer_by", models.DateTimeField(blank=True, null=True)),
                ("decided_why", models.TextField(blank=True, verbose_name="why it was decided, or ended, without everybody's agreement")),
                ("created_at", models.DateTimeField()),
                ("in_force_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("agreement", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="handover.agreement")),
                ("created_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "decided_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("receiving_roles", models.ManyToManyField(blank=True, related_name="+", to="accounts.jobrole")),
                ("to_team", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "number"), name="agreement_version_number_unique"),
                    models.UniqueConstraint(condition=models.Q(("state", "in_force")), fields=("agreement",), name="agreement_one_version_in_force"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("agreement",),
                        name="agreement_one_proposal",
                        violation_error_message="Another change to this agreement is proposed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("check_rule", "after"), _negated=True),
                            models.Q(("check_minutes__gt", 0), ("check_minutes__isnull", False)),
                            _connector="OR",
                        ),
                        name="agreement_check_minutes_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("urgency", models.CharField(choices=[("routine", "routine"), ("soon", "soon"), ("urgent", "urgent")], max_length=8)),
                (
                    "accept_within",
                    models.PositiveIntegerField(
                        blank=True, help_text="Empty: the usual limit for this urgency.", null=True, verbose_name="accept within (minutes)"
                    ),
                ),
                ("read_back", models.BooleanField(default=False, verbose_name="read back before accepting")),
                ("version", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="limits", to="handover.agreementversion")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("version", "urgency"), name="agreement_limit_one_per_urgency")],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("CH")),
                (
                    "state",
                    models.CharField(
                        choices=[("set", "set"), ("asked", "asked"), ("answered", "answered"), ("cancelled", "not needed")], default="set", max_length=10
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("set_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("question", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "completed"),
                            ("partly", "partly completed"),
                            ("not_yet", "not yet"),
                            ("unable", "unable to complete"),
                            ("not_needed", "no longer needed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("by_word_of_mouth", models.BooleanField(default=False)),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="handover.action")),
                (
                    "answered_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "asked_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("giver", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="checks_set", to=settings.AUTH_USER_MODEL)),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
            ],
            options={
                "ordering": ["set_at", "pk"],
                "indexes": [
                    models.Index(condition=models.Q(("state__in", ["set", "asked"])), fields=["action"], name="check_unanswered_by_action"),
                    models.Index(fields=["team", "-due_at", "-id"], name="check_by_team"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", False), ("state", "answered"), models.Q(("outcome", ""), _negated=True)),
                            models.Q(models.Q(("state", "answered"), _negated=True), ("answered_at__isnull", True), ("outcome", "")),
                            _connector="OR",
                        ),
                        name="check_answered_has_an_outcome",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("channel", models.CharField(blank=True, max_length=60, verbose_name="how")),
                ("text", models.TextField(blank=True, verbose_name="what was said")),
                ("chased", models.BooleanField(default=False, verbose_name="the customer chased")),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="handover.action")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Due",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rule",
                    models.CharField(
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
                ("step", models.PositiveSmallIntegerField(default=1)),
                ("subject_type", models.CharField(max_length=30)),
                ("subject_id", models.BigIntegerField()),
                ("due_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                ("fired_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("lease_token", models.UUIDField(blank=True, null=True)),
                (
                    "lease_until",
                    models.DateTimeField(
                        blank=True, help_text="Nobody else touches it before: a move is on its way, or it failed and waits to be tried again.", null=True
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("trouble", models.CharField(blank=True, max_length=250)),
                (
                    "person",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("fired_at__isnull", True)), fields=["due_at", "id"], name="due_live_by_instant"
                    ),
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("fired_at__isnull", True)),
                        fields=["subject_type", "subject_id"],
                        name="due_live_by_subject",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True), ("fired_at__isnull", True)),
                        fields=("rule", "step", "subject_type", "subject_id", "person"),
                        name="due_one_live_row_each",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fired_at__isnull", True), ("cancelled_at__isnull", True), _connector="OR"), name="due_fired_or_cancelled"
                    ),
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
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="feeds", to=settings.AUTH_USER_MODEL)),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the owner's own shifts.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("FU")),
                ("owed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("take_back", "take it back"),
                            ("pass_on", "pass it on again"),
                            ("new_time", "agree a new time with the customer"),
                            ("escalate", "escalate to a lead"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("new_time", models.DateTimeField(blank=True, null=True)),
                ("customer_told", models.BooleanField(default=False, verbose_name="the customer was told")),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="followups", to="handover.action")),
                ("check_answered", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="followup", to="handover.check")),
                (
                    "decided_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("owed_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="followups_owed", to=settings.AUTH_USER_MODEL)),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
            ],
            options={
                "ordering": ["owed_at", "pk"],
                "indexes": [
                    models.Index(condition=models.Q(("decided_at__isnull", True)), fields=["owed_by"], name="follow_up_owed"),
                    models.Index(fields=["team", "-owed_at", "-id"], name="follow_up_by_team"),
                ],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("decided_at__isnull", True)), fields=("action",), name="follow_up_one_owed_per_action"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decision", "")),
                            models.Q(("decided_at__isnull", False), models.Q(("decision", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="follow_up_decided_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "new_time"), _negated=True), models.Q(("customer_told", True), ("new_time__isnull", False)), _connector="OR"
                        ),
                        name="follow_up_new_time_is_told",
                        violation_error_message="A new time has to be agreed with the customer.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("HO")),
                ("when", models.CharField(choices=[("end_of_shift", "at the end of a shift"), ("in_shift", "during a shift")], max_length=12)),
                ("warm", models.BooleanField(default=False, verbose_name="spoken as well")),
                ("channel", models.CharField(blank=True, max_length=200, verbose_name="how")),
                ("offered_at", models.DateTimeField()),
                ("rule", models.CharField(blank=True, max_length=20)),
                ("imported_from", models.CharField(blank=True, max_length=60)),
                (
                    "giver",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="handovers_given", to=settings.AUTH_USER_MODEL),
                ),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="accounts.team")),
                ("to_team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="handovers_received", to="accounts.team")),
            ],
            options={
                "indexes": [models.Index(fields=["team", "-offered_at", "-id"], name="handover_by_team")],
            },
        ),
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
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60)),
                ("file_name", models.CharField(max_length=200)),
                ("file_sha256", models.CharField(max_length=64)),
                ("format", models.CharField(max_length=12)),
                ("zone", models.CharField(max_length=60)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("rows_new", models.PositiveIntegerField(default=0)),
                ("oddities", models.JSONField(default=dict)),
                ("token", models.UUIDField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["source", "-id"], name="import_run_by_source")],
            },
        ),
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
            options={
                "constraints": [models.UniqueConstraint(fields=("source", "case"), name="imported_case_once")],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("IT")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "waiting to be accepted"),
                            ("queried", "question asked"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("lapsed", "lapsed"),
                            ("taken_back", "taken back"),
                            ("ended", "seen through"),
                        ],
                        default="offered",
                        max_length=12,
                    ),
                ),
                ("read_back_needed", models.BooleanField(default=False)),
                ("offered_at", models.DateTimeField()),
                ("accept_by", models.DateTimeField(blank=True, null=True)),
                (
                    "check_at",
                    models.DateTimeField(blank=True, help_text="As the giver chose; empty: by rule.", null=True, verbose_name="check it was completed"),
                ),
                ("missing_reason", models.CharField(blank=True, max_length=300, verbose_name="why it goes with details missing")),
                ("override_reason", models.CharField(blank=True, max_length=300, verbose_name="why the rules were gone past")),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("read_back", models.TextField(blank=True, verbose_name="read-back")),
                ("read_back_right", models.BooleanField(blank=True, null=True)),
                ("read_back_answer", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", models.TextField(blank=True)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("seen_through_at", models.DateTimeField(blank=True, null=True)),
                ("imported_from", models.CharField(blank=True, max_length=60)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items_accepted", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items", to="handover.action")),
                (
                    "agreement_version",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items", to="handover.agreementversion"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "follows",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="led_to", to="handover.followup"),
                ),
                ("from_team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
                ("giver", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items_given", to=settings.AUTH_USER_MODEL)),
                ("handover", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items", to="handover.handover")),
                ("offered_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "receiver",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items_received", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("to_team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
                (
                    "watcher",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items_watched_for", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["offered", "queried"])), fields=["receiver", "accept_by", "id"], name="item_waiting_for_colleague"
                    ),
                    models.Index(condition=models.Q(("state__in", ["offered", "queried"])), fields=["from_team"], name="item_on_offer_from_team"),
                    models.Index(condition=models.Q(("state__in", ["offered", "queried"])), fields=["to_team"], name="item_on_offer_to_team"),
                    models.Index(condition=models.Q(("seen_through_at__isnull", True)), fields=["giver", "-offered_at", "-id"], name="item_watched"),
                    models.Index(
                        condition=models.Q(("seen_through_at__isnull", True), ("watcher__isnull", False)),
                        fields=["watcher", "-offered_at", "-id"],
                        name="item_watched_for",
                    ),
                    models.Index(fields=["from_team", "-offered_at", "-id"], name="item_by_giving_team"),
                    models.Index(fields=["to_team", "-offered_at", "-id"], name="item_by_receiving_team"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["offered", "queried"])),
                        fields=("action",),
                        name="item_one_open_offer_per_action",
                        violation_error_message="This action is already on offer to somebody.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("receiver__isnull", True), models.Q(("receiver", models.F("giver")), _negated=True), _connector="OR"),
                        name="item_not_to_oneself",
                        violation_error_message="You cannot hand over to yourself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "taken_back", "ended"]), _negated=True),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="item_accepted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_by__isnull", True), models.Q(("accepted_by", models.F("giver")), _negated=True), _connector="OR"),
                        name="item_not_accepted_by_its_giver",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="followup",
            name="item",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="followups", to="handover.item"),
        ),
        migrations.CreateModel(
            name="Decline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="declines", to="handover.item")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("undone_at__isnull", True)), fields=("item", "colleague"), name="decline_once_per_colleague")
                ],
            },
        ),
        migrations.AddField(
            model_name="check",
            name="item",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="handover.item"),
        ),
        migrations.CreateModel(
            name="Brief",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("promise", models.TextField(blank=True, verbose_name="what was the customer promised?")),
                ("promised_by", models.DateTimeField(blank=True, null=True, verbose_name="promised by")),
                ("situation", models.TextField(blank=True, verbose_name="situation")),
                ("done_so_far", models.TextField(blank=True, verbose_name="what is done so far?")),
                ("next_step", models.TextField(blank=True, verbose_name="next step")),
                ("if_then", models.TextField(blank=True, verbose_name="if it goes wrong, do what?")),
                ("item", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="brief", to="handover.item")),
            ],
        ),
        migrations.CreateModel(
            name="LogEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60)),
                ("case", models.CharField(max_length=60)),
                ("source_row", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("local_offset", models.SmallIntegerField(help_text="Minutes east of UTC of the clock as it was written.")),
                ("actor", models.CharField(blank=True, max_length=120)),
                ("owner", models.CharField(blank=True, max_length=120)),
                ("group", models.CharField(blank=True, max_length=120)),
                ("service", models.CharField(blank=True, max_length=120)),
                ("status", models.CharField(blank=True, max_length=60)),
                ("priority", models.CharField(blank=True, max_length=60)),
                ("version", models.PositiveIntegerField(blank=True, null=True)),
                ("reassignments", models.PositiveIntegerField(blank=True, null=True)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["source", "case", "at", "source_row"], name="log_event_in_order")],
                "constraints": [models.UniqueConstraint(fields=("source", "case", "source_row"), name="log_event_once")],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("text", models.TextField()),
                ("action", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="handover.action")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("item", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="addenda", to="handover.item")),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
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
                ("subject_type", models.CharField(max_length=30)),
                ("subject_id", models.BigIntegerField()),
                ("title", models.CharField(max_length=250)),
                ("words", models.TextField(blank=True)),
                ("path", models.CharField(max_length=120)),
                ("needs_you", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("snoozed_until", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "prepared_at",
                    models.DateTimeField(blank=True, help_text="When its deliveries by other channels were made, or found not to be wanted.", null=True),
                ),
                ("action", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="handover.action")),
                (
                    "due",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="notifications", to="handover.due"),
                ),
                ("recipient", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="notifications", to=settings.AUTH_USER_MODEL)),
                ("team", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["recipient", "-at", "-id"], name="notification_by_person"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True), ("settled_at__isnull", True)), fields=["recipient"], name="notification_standing"
                    ),
                    models.Index(condition=models.Q(("settled_at__isnull", True)), fields=["subject_type", "subject_id"], name="notification_by_subject"),
                    models.Index(condition=models.Q(("prepared_at__isnull", True)), fields=["id"], name="notification_unprepared"),
                ],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("due__isnull", False)), fields=("due", "recipient"), name="notification_once_per_occurrence")
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(default="email", max_length=10)),
                ("address", models.CharField(max_length=254)),
                ("message_id", models.CharField(max_length=120, unique=True)),
                ("subject_line", models.CharField(max_length=250)),
                ("body", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "waiting"),
                            ("claimed", "being prepared"),
                            ("transmitting", "being sent"),
                            ("sent", "sent"),
                            ("failed", "refused"),
                            ("cancelled", "no longer needed"),
                        ],
                        default="pending",
                        max_length=14,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "resent_unknown",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="How often it was sent again because nobody could know whether the first copy arrived."
                    ),
                ),
                ("next_at", models.DateTimeField()),
                ("lease_token", models.UUIDField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("trouble", models.CharField(blank=True, max_length=250)),
                ("notification", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="handover.notification")),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "indexes": [
                    models.Index(condition=models.Q(("state__in", ["pending", "claimed", "transmitting"])), fields=["next_at", "id"], name="delivery_waiting")
                ],
                "constraints": [models.UniqueConstraint(fields=("notification", "channel"), name="delivery_once_per_channel")],
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
                ("policy", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="hints", to="handover.policy")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("policy", "place"), name="policy_hint_one_per_place")],
            },
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
                ("policy", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="handover.policy")),
                (
                    "published_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("written_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "number"), name="policy_version_number_unique"),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at__isnull", True)),
                        fields=("policy",),
                        name="policy_one_draft",
                        violation_error_message="A new version of this policy is being written already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="policy_published_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
                ("version", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="asked", to="handover.policyversion")),
            ],
            options={
                "verbose_name_plural": "policies asked",
                "constraints": [models.UniqueConstraint(fields=("version", "team"), name="policy_asked_once_per_team")],
            },
        ),
        migrations.CreateModel(
            name="PolicyAcknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("version", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="acknowledgements", to="handover.policyversion")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("version", "colleague"), name="policy_acknowledged_once")],
            },
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_at", models.DateTimeField()),
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("colleague", "team"), name="practice_one_per_colleague_and_team")],
            },
        ),
        migrations.CreateModel(
            name="ProcedureAcknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("team", "colleague", "fingerprint"), name="procedure_acknowledged_once")],
            },
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
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="proposal_answers", to=settings.AUTH_USER_MODEL)),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
                ("version", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="handover.agreementversion")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "colleague"), name="proposal_answer_one_each"),
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
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("version", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="handover.agreementversion")),
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
                ("agreement", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="handover.agreement")),
                ("point", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="handover.handoverpoint")),
                ("writer", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("writer", "point", "agreement"), name="proposal_draft_one_each", nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name="Query",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("text", models.TextField(verbose_name="question")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="queries", to="handover.item")),
            ],
            options={
                "verbose_name_plural": "queries",
                "ordering": ["asked_at", "pk"],
                "constraints": [models.UniqueConstraint(condition=models.Q(("answered_at__isnull", True)), fields=("item",), name="query_one_open_per_item")],
            },
        ),
        migrations.CreateModel(
            name="RequiredInformation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("question", models.CharField(max_length=200)),
                ("hint", models.CharField(blank=True, max_length=200, verbose_name="example")),
                ("routine", models.CharField(choices=[("must", "must"), ("should", "should"), ("no", "not needed")], default="should", max_length=6)),
                ("soon", models.CharField(choices=[("must", "must"), ("should", "should"), ("no", "not needed")], default="should", max_length=6)),
                ("urgent", models.CharField(choices=[("must", "must"), ("should", "should"), ("no", "not needed")], default="must", max_length=6)),
                ("version", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="required", to="handover.agreementversion")),
            ],
            options={
                "verbose_name_plural": "required information",
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("version", "position"), name="required_information_one_place_each")],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=200)),
                ("need", models.CharField(choices=[("must", "must"), ("should", "should"), ("no", "not needed")], max_length=6)),
                ("text", models.TextField(blank=True)),
                ("brief", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="handover.brief")),
                ("required", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="handover.requiredinformation")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("brief", "required"), name="answer_once_per_question")],
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("item", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="seen_by", to="handover.item")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("item", "colleague"), name="seen_once_per_colleague")],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("relies_on_teamwork", models.BooleanField(default=True, verbose_name="relies on teamwork")),
                ("description", models.TextField(blank=True, verbose_name="what it is")),
                ("procedure", models.TextField(blank=True, verbose_name="how it is delivered")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("starter", models.CharField(blank=True, max_length=60, verbose_name="made from this part of a starter set")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("job_roles", models.ManyToManyField(blank=True, related_name="services", to="accounts.jobrole", verbose_name="job roles involved")),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="services", to="accounts.team")),
                ("teams", models.ManyToManyField(blank=True, related_name="+", to="accounts.team", verbose_name="other teams involved")),
            ],
            options={
                "ordering": ["position", "name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("team"),
                        django.db.models.functions.text.Lower("name"),
                        name="service_unique_in_team",
                        violation_error_message="The team has a service of this name already.",
                    ),
                    models.UniqueConstraint(condition=models.Q(("starter", ""), _negated=True), fields=("team", "starter"), name="service_adopted_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("policy", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="links", to="handover.policy")),
                ("service", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="policy_links", to="handover.service")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("policy", "service"), name="policy_service_once")],
            },
        ),
        migrations.AddField(
            model_name="handoverpoint",
            name="service",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="handover_points", to="handover.service"),
        ),
        migrations.AddField(
            model_name="action",
            name="service",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="handover.service"),
        ),
        migrations.CreateModel(
            name="ServiceSystem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("service", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="systems", to="handover.service")),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("service", "position"), name="service_system_one_place_each"),
                    models.CheckConstraint(
                        condition=models.Q(("address", ""), ("address__startswith", "https://"), ("address__startswith", "http://"), _connector="OR"),
                        name="service_system_links_to_the_web",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("SH")),
                ("name", models.CharField(max_length=60)),
                ("local_date", models.DateField(help_text="The day on which it starts, on the team's wall clock.")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to="accounts.team")),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "indexes": [
                    models.Index(fields=["team", "starts_at"], name="shift_by_team_and_start"),
                    models.Index(fields=["team", "ends_at"], name="shift_by_team_and_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="shift_ends_after_it_starts",
                        violation_error_message="A shift must end after it starts.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rostering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "how",
                    models.CharField(
                        choices=[("rostered", "rostered"), ("cover", "cover"), ("swap", "swap"), ("stand_in", "stand-in")], default="rostered", max_length=10
                    ),
                ),
                ("away", models.CharField(blank=True, choices=[("absence", "away"), ("covered", "covered"), ("swapped", "swapped")], max_length=10)),
                ("away_from", models.DateTimeField(blank=True, null=True)),
                ("away_until", models.DateTimeField(blank=True, null=True)),
                ("marked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "absence",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="rosterings", to="handover.absence"),
                ),
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rosterings", to=settings.AUTH_USER_MODEL)),
                (
                    "replaces",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("shift", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rosterings", to="handover.shift")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shift", "colleague"), name="rostering_once", violation_error_message="This colleague is on the shift already."
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("away", ""), _negated=True), models.Q(("away_from__isnull", True), ("away_until__isnull", True)), _connector="OR"
                        ),
                        name="rostering_away_says_why",
                        violation_error_message="Times of an absence need an absence.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("replaces__isnull", True), models.Q(("replaces", models.F("colleague")), _negated=True), _connector="OR"),
                        name="rostering_replaces_another",
                        violation_error_message="Nobody replaces themselves.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NothingToHandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("shift", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="nothing_said", to="handover.shift")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shift", "colleague"), name="nothing_to_hand_over_once")],
            },
        ),
        migrations.AddField(
            model_name="item",
            name="receiving_shift",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items_offered", to="handover.shift"),
        ),
        migrations.CreateModel(
            name="HandoverDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(help_text="Which form: “hand-over”, or “receive IT-12”.", max_length=60)),
                ("fields", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                ("prepared_at", models.DateTimeField(blank=True, null=True)),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team")),
                ("writer", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("prepared_for", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="handover.shift")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("writer", "team", "form"), name="draft_one_per_form")],
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
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("shift", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="left", to="handover.shift")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("shift", "colleague"), name="shift_left_once"),
                    models.CheckConstraint(
                        condition=models.Q(("unaccepted", 0), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="shift_left_unaccepted_has_a_reason",
                    ),
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
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "changed_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "for_shift",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notes_for_it", to="handover.shift"),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="shift_notes", to="accounts.team")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("resolved_at__isnull", True)), fields=["team", "at", "id"], name="shift_note_standing"),
                    models.Index(fields=["team", "-at", "-id"], name="shift_note_by_team"),
                ],
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                            models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="shift_note_resolved_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftNoteSeen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("note", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="seen_by", to="handover.shiftnote")),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [models.UniqueConstraint(fields=("note", "colleague"), name="shift_note_seen_once")],
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
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("note", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="handover.shiftnote")),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=("note", "number"), name="shift_note_version_once")],
            },
        ),
        migrations.CreateModel(
            name="ShiftPattern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)]
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(blank=True, null=True)),
                ("generated_until", models.DateField(blank=True, help_text="Shifts exist up to this day (included).", null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("cycle_from", models.DateField(blank=True, help_text="A day in week 1 of a rotation.", null=True)),
                (
                    "on_holidays",
                    models.CharField(
                        choices=[("as_usual", "runs as usual"), ("off", "does not run"), ("other", "runs at other times")],
                        default="as_usual",
                        max_length=8,
                        verbose_name="on bank holidays",
                    ),
                ),
                ("holiday_starts", models.TimeField(blank=True, null=True)),
                ("holiday_ends", models.TimeField(blank=True, null=True)),
                ("crew", models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="shift_patterns", to="accounts.team")),
            ],
            options={
                "ordering": ["starts", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("holiday_ends__isnull", False), ("holiday_starts__isnull", False), ("on_holidays", "other")),
                            models.Q(models.Q(("on_holidays", "other"), _negated=True), ("holiday_ends__isnull", True), ("holiday_starts__isnull", True)),
                            _connector="OR",
                        ),
                        name="shift_pattern_holiday_hours",
                        violation_error_message="Give the times on bank holidays where they are others, and only there.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="shift",
            name="pattern",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to="handover.shiftpattern"),
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
                        condition=models.Q(("number__gte", 1), ("number__lte", 12)),
                        name="pattern_week_in_the_cycle",
                        violation_error_message="A rotation has at most 12 weeks.",
                    ),
                ],
            },
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
            name="ShiftReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.JSONField()),
                ("salt", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64)),
                ("fixed_at", models.DateTimeField()),
                ("shift", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="report", to="handover.shift")),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
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
            name="ReportSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=[("outgoing", "given by"), ("incoming", "received by")], max_length=8)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "on_behalf_of",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="handover.shiftreport")),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "side"), name="report_signed_once_by_each_side"),
                    models.UniqueConstraint(fields=("report", "by"), name="report_signed_by_two"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on_behalf_of__isnull", True),
                            models.Q(models.Q(("on_behalf_of", models.F("by")), _negated=True), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="report_signed_for_another_with_a_reason",
                        violation_error_message="Say why you sign on behalf of somebody else.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportAddendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("text", models.TextField(verbose_name="what is to be added or corrected?")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="addenda", to="handover.shiftreport")),
            ],
            options={
                "verbose_name_plural": "report addenda",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("done_by", models.CharField(blank=True, max_length=120, verbose_name="who does it")),
                ("job_roles", models.ManyToManyField(blank=True, related_name="steps", to="accounts.jobrole", verbose_name="job roles that do it")),
                ("service", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="handover.service")),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                        verbose_name="another team does it",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"], fields=("service", "position"), name="step_one_place_each"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="handoverpoint",
            name="after_step",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="handover_points", to="handover.step"),
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
                (
                    "decided_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("offered_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="swaps_offered", to=settings.AUTH_USER_MODEL)),
                ("offered_to", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="swaps_received", to=settings.AUTH_USER_MODEL)),
                (
                    "return_shift",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="swaps_in_return", to="handover.shift"),
                ),
                (
                    "shift",
                    models.ForeignKey(
                        help_text="The shift of the colleague who offers.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="swaps",
                        to="handover.shift",
                    ),
                ),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="swaps", to="accounts.team")),
            ],
            options={
                "ordering": ["-offered_at", "-pk"],
                "indexes": [models.Index(fields=["team", "-offered_at"], name="swap_by_team")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["offered", "agreed"])),
                        fields=("shift", "offered_by"),
                        name="swap_one_open_per_shift",
                        violation_error_message="You have offered this shift to somebody already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offered_by", models.F("offered_to")), _negated=True),
                        name="swap_with_another",
                        violation_error_message="A swap is with somebody else.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("return_shift__isnull", True), models.Q(("return_shift", models.F("shift")), _negated=True), _connector="OR"),
                        name="swap_two_shifts",
                        violation_error_message="A swap is of two different shifts.",
                    ),
                ],
            },
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
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="wall_links", to="accounts.team")),
            ],
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(condition=models.Q(("state__in", ["set", "asked"])), fields=("item",), name="check_one_unanswered_per_item"),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(condition=models.Q(("state__in", ["offered", "queried"])), fields=["receiving_shift"], name="item_waiting_for_shift"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("receiver__isnull", False), ("receiving_shift__isnull", True)),
                    models.Q(("receiver__isnull", True), ("receiving_shift__isnull", False)),
                    _connector="OR",
                ),
                name="item_to_a_colleague_or_a_shift",
                violation_error_message="An item is offered to a colleague or to a shift.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.UniqueConstraint(fields=("pattern", "local_date"), name="shift_once_per_pattern_and_day"),
        ),
        migrations.AddConstraint(
            model_name="handoverpoint",
            constraint=models.UniqueConstraint(fields=("service", "letter"), name="handover_point_one_letter_each"),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
