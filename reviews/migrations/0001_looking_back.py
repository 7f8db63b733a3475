"""Looking back: suggestions, figures, observations, improvements, reviews, evidence."""

import common.refs
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0001_people_and_teams"),
        ("handover", "0009_only_members_hold"),
    ]

    operations = [
        common.refs.create_sequence("SU"),
        common.refs.create_sequence("RV"),
        common.refs.create_sequence("EV"),
        common.refs.create_sequence("OB"),
        common.refs.create_sequence("IM"),
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("drawn_at", models.DateTimeField()),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("team", "until"), name="draw_once")],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on_since", models.DateTimeField(blank=True, null=True)),
                ("standard", models.CharField(choices=[("A", "Standard A"), ("B", "Standard B")], default="A", max_length=1)),
                ("since", models.DateField(verbose_name="first day")),
                ("until", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("owner", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name_plural": "evidence",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="evidence_period_has_its_order",
                        violation_error_message="The last day lies before the first one.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=6)),
                ("event", models.BigIntegerField()),
                ("happened_at", models.DateTimeField()),
                ("picked", models.BooleanField()),
                ("words", models.TextField(blank=True, verbose_name="in my own words")),
                ("chosen_at", models.DateTimeField()),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("owner", "criterion", "event"), name="evidence_chosen_once")],
            },
        ),
        migrations.CreateModel(
            name="EvidenceLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("EV")),
                ("name", models.CharField(max_length=80, verbose_name="for whom")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("hint", models.CharField(help_text="The first characters, to tell links apart.", max_length=8)),
                ("content", models.JSONField(null=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="evidence_links", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "indexes": [models.Index(condition=models.Q(("content__isnull", False)), fields=["expires_at"], name="evidence_link_still_held")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("expires_at__gt", models.F("made_at"))), name="evidence_link_expires_after_it_is_made"),
                    models.CheckConstraint(
                        condition=models.Q(("revoked_at__isnull", True), ("content__isnull", True), _connector="OR"), name="evidence_link_revoked_shows_nothing"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=6)),
                ("words", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("owner", "criterion"), name="evidence_one_statement_each")],
            },
        ),
        migrations.CreateModel(
            name="HandoverFact",
            fields=[
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="fact", serialize=False, to="handover.item"
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                ("day", models.DateField()),
                ("slot", models.PositiveSmallIntegerField()),
                ("when", models.CharField(max_length=12)),
                ("by_rule", models.BooleanField()),
                ("from_shift", models.CharField(blank=True, max_length=60)),
                ("to_shift", models.CharField(blank=True, max_length=60)),
                ("from_role", models.CharField(blank=True, max_length=80)),
                ("to_role", models.CharField(blank=True, max_length=80)),
                ("accepted", models.BooleanField()),
                ("in_time", models.BooleanField(null=True)),
                ("minutes", models.FloatField(null=True)),
                ("bucket", models.PositiveSmallIntegerField(null=True)),
                ("reading", models.FloatField(null=True)),
                ("missing", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, size=None)),
                ("is_missing", models.BooleanField()),
                ("read_back_right", models.BooleanField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("complete_by_check", models.BooleanField(null=True)),
                ("checks_due", models.PositiveSmallIntegerField()),
                ("checks_asked_in_time", models.PositiveSmallIntegerField()),
                ("checks_asked", models.PositiveSmallIntegerField()),
                ("checks_answered_in_time", models.PositiveSmallIntegerField()),
                ("unable", models.PositiveSmallIntegerField()),
                ("followed_up_in_shift", models.PositiveSmallIntegerField()),
                ("chased", models.BooleanField(null=True)),
                ("carried_far", models.BooleanField()),
                ("bounced", models.BooleanField(null=True)),
                ("passed_on", models.BooleanField(null=True)),
                ("queries", models.PositiveSmallIntegerField()),
                ("gone_past", models.CharField(blank=True, max_length=10)),
                ("unsettled", models.BooleanField()),
                ("action", models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="handover.action")),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="handover.agreement"
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="handover.service"
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team"),
                ),
                (
                    "to_team",
                    models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["team", "day"], name="fact_by_team_and_day"),
                    models.Index(condition=models.Q(("unsettled", True)), fields=["item"], name="fact_unsettled"),
                    models.Index(fields=["giver", "day"], name="fact_by_giver"),
                    models.Index(fields=["taker", "day"], name="fact_by_taker"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Improvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("IM")),
                ("change", models.CharField(max_length=300, verbose_name="what we will change")),
                ("why", models.TextField(blank=True)),
                ("due_on", models.DateField()),
                ("figure", models.CharField(max_length=30)),
                ("target", models.FloatField()),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "being agreed"), ("agreed", "agreed"), ("done", "done"), ("judged", "judged"), ("withdrawn", "withdrawn")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="how often it was written")),
                ("created_at", models.DateTimeField()),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("decided_why", models.TextField(blank=True, verbose_name="why it was decided, or withdrawn, without everybody")),
                ("done_on", models.DateField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_words", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "adjusts",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="adjusted_by", to="reviews.improvement"),
                ),
                (
                    "agreement",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="improvements", to="handover.agreement"),
                ),
                ("created_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "decided_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "done_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("other_team", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="improvements", to=settings.AUTH_USER_MODEL)),
                ("service", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="handover.service")),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="improvements", to="accounts.team")),
                (
                    "version",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="improvements", to="handover.agreementversion"
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(fields=["team", "-created_at", "-id"], name="improvement_by_team"),
                    models.Index(
                        condition=models.Q(("other_team__isnull", False)), fields=["other_team", "-created_at", "-id"], name="improvement_by_other_team"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agreed_at__isnull", True), ("state", "proposed")),
                            ("state", "withdrawn"),
                            models.Q(models.Q(("state", "proposed"), _negated=True), ("agreed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="improvement_agreed_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False), ("done_on__isnull", False), ("state__in", ["done", "judged"])),
                            models.Q(
                                models.Q(("state__in", ["done", "judged"]), _negated=True),
                                ("done_at__isnull", True),
                                ("done_by__isnull", True),
                                ("done_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="improvement_done_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state__in", ["judged", "withdrawn"])),
                            models.Q(models.Q(("state__in", ["judged", "withdrawn"]), _negated=True), ("ended_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="improvement_ended_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("service__isnull", True), ("agreement__isnull", True), _connector="OR"), name="improvement_measured_in_one_place"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("says", models.CharField(blank=True, choices=[("agree", "I agree"), ("not_yet", "not yet, because")], max_length=7)),
                ("words", models.TextField(blank=True, verbose_name="why not yet")),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="improvement_consents", to=settings.AUTH_USER_MODEL)),
                ("improvement", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="reviews.improvement")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("improvement", "colleague"), name="consent_one_each"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("says", "")),
                            models.Q(models.Q(("says", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="consent_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("says", "not_yet"), _negated=True), models.Q(("words", ""), _negated=True), _connector="OR"),
                        name="consent_says_why_not_yet",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("keep", "yes, keep it"), ("adjust", "partly, adjust"), ("undo", "no, undo it"), ("too_early", "too early")], max_length=9
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("measured", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("improvement", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="judgements", to="reviews.improvement")),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("verdict", "too_early"), _negated=True), fields=("improvement",), name="judgement_one_last_word"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("OB")),
                ("month", models.DateField()),
                ("number", models.PositiveSmallIntegerField()),
                ("drawn_at", models.DateTimeField()),
                ("informed", models.CharField(blank=True, choices=[("yes", "yes"), ("no", "no"), ("cannot_tell", "cannot tell")], max_length=11)),
                ("moment", models.CharField(blank=True, choices=[("yes", "yes"), ("no", "no"), ("cannot_tell", "cannot tell")], max_length=11)),
                ("understood", models.CharField(blank=True, choices=[("yes", "yes"), ("no", "no"), ("cannot_tell", "cannot tell")], max_length=11)),
                ("completion", models.CharField(blank=True, choices=[("yes", "yes"), ("no", "no"), ("cannot_tell", "cannot tell")], max_length=11)),
                ("words", models.TextField(blank=True)),
                ("observed_at", models.DateTimeField(blank=True, null=True)),
                ("comment", models.TextField(blank=True)),
                ("commented_at", models.DateTimeField(blank=True, null=True)),
                ("set_aside_at", models.DateTimeField(blank=True, null=True)),
                ("set_aside_why", models.CharField(blank=True, max_length=300)),
                ("colleague", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="observations", to=settings.AUTH_USER_MODEL)),
                ("draw", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="observations", to="reviews.draw")),
                ("item", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="observation", to="handover.item")),
                (
                    "observer",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "set_aside_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="observations", to="accounts.team")),
            ],
            options={
                "ordering": ["-drawn_at", "-pk"],
                "indexes": [
                    models.Index(fields=["team", "-drawn_at", "-id"], name="observation_by_team"),
                    models.Index(condition=models.Q(("observed_at__isnull", False)), fields=["team", "observed_at"], name="observation_made"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("team", "colleague", "month", "number"), name="observation_two_a_month"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1), ("number__lte", 2)), name="observation_at_most_two"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("completion", ""),
                                ("informed", ""),
                                ("moment", ""),
                                ("observed_at__isnull", True),
                                ("observer__isnull", True),
                                ("understood", ""),
                            ),
                            models.Q(
                                ("observed_at__isnull", False),
                                ("observer__isnull", False),
                                models.Q(("informed", ""), _negated=True),
                                models.Q(("moment", ""), _negated=True),
                                models.Q(("understood", ""), _negated=True),
                                models.Q(("completion", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="observation_made_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("observer__isnull", True), models.Q(("observer", models.F("colleague")), _negated=True), _connector="OR"),
                        name="observation_not_of_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("set_aside_at__isnull", True), ("set_aside_by__isnull", True), ("set_aside_why", "")),
                            models.Q(
                                ("observed_at__isnull", True),
                                ("set_aside_at__isnull", False),
                                ("set_aside_by__isnull", False),
                                models.Q(("set_aside_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="observation_set_aside_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OtherChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("improvement", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="other_changes", to="reviews.improvement")),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Prompt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("answer", "an answer is waited for"),
                            ("decide", "not everybody has agreed"),
                            ("soon", "due soon"),
                            ("overdue", "overdue"),
                            ("judge", "did it work"),
                        ],
                        max_length=7,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("improvement", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="prompts", to="reviews.improvement")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("told_at__isnull", True)), fields=["due_at", "id"], name="prompt_waiting")],
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("told_at__isnull", True)), fields=("improvement", "what"), name="prompt_one_of_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("RV")),
                ("title", models.CharField(max_length=120)),
                ("when", models.CharField(blank=True, max_length=12)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("evidence", models.JSONField(default=dict)),
                ("opened_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                (
                    "next_step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("halfway", "remind, halfway"),
                            ("last_day", "remind, a day before the end"),
                            ("over", "ask a lead to conclude"),
                            ("still", "ask again"),
                        ],
                        max_length=8,
                    ),
                ),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                ("conclusion", models.TextField(blank=True)),
                ("concluded_at", models.DateTimeField(blank=True, null=True)),
                ("agreement", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="handover.agreement")),
                (
                    "concluded_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "opened_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("other_team", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
                ("point", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="handover.handoverpoint")),
                ("service", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="handover.service")),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="accounts.team")),
            ],
            options={
                "ordering": ["-opened_at", "-pk"],
                "indexes": [
                    models.Index(fields=["team", "-opened_at", "-id"], name="review_by_team"),
                    models.Index(condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="review_next"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("concluded_at__isnull", True), ("concluded_by__isnull", True), ("conclusion", "")),
                            models.Q(models.Q(("conclusion", ""), _negated=True), ("concluded_at__isnull", False), ("concluded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="review_concluded_by_somebody",
                    ),
                    models.CheckConstraint(condition=models.Q(("until__gt", models.F("since"))), name="review_looks_at_some_days"),
                    models.CheckConstraint(condition=models.Q(("closes_at__gt", models.F("opened_at"))), name="review_closes_after_it_opens"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_at__isnull", True), ("next_step", "")),
                            models.Q(models.Q(("next_step", ""), _negated=True), ("next_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="review_step_has_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(blank=True, max_length=200, verbose_name="in the team, as")),
                ("asked_at", models.DateTimeField()),
                ("draft", models.JSONField(blank=True, default=dict)),
                ("draft_version", models.PositiveIntegerField(default=0)),
                ("draft_saved_at", models.DateTimeField(blank=True, null=True)),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                ("own", models.JSONField(blank=True, default=dict)),
                ("remark", models.TextField(blank=True)),
                ("remarked_at", models.DateTimeField(blank=True, null=True)),
                ("remark_answer", models.TextField(blank=True)),
                ("remark_answered_at", models.DateTimeField(blank=True, null=True)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reviews_asked", to=settings.AUTH_USER_MODEL)),
                (
                    "remark_answered_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.team")),
                ("review", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="participants", to="reviews.review")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "person"), name="participant_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("remark", ""), ("remarked_at__isnull", True)),
                            models.Q(models.Q(("remark", ""), _negated=True), ("remarked_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="participant_remark_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("remark_answer", ""), ("remark_answered_at__isnull", True), ("remark_answered_by__isnull", True)),
                            models.Q(
                                models.Q(("remark_answer", ""), _negated=True),
                                models.Q(("remark", ""), _negated=True),
                                ("remark_answered_at__isnull", False),
                                ("remark_answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="participant_remark_answered_by_somebody",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="improvement",
            name="review",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="improvements", to="reviews.review"),
        ),
        migrations.CreateModel(
            name="ReviewCycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weeks", models.PositiveSmallIntegerField(default=4)),
                ("days_open", models.PositiveSmallIntegerField(default=7)),
                ("opens_at", models.DateTimeField()),
                ("paused", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                ("agreement", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="handover.agreement")),
                ("service", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="handover.service")),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="review_cycles", to="accounts.team")),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(condition=models.Q(("paused", False)), fields=["opens_at"], name="review_cycle_next")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("team", "service", "agreement"),
                        name="review_cycle_one_each",
                        nulls_distinct=False,
                        violation_error_message="This is reviewed regularly already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("service__isnull", True), ("agreement__isnull", True), _connector="OR"), name="review_cycle_of_one_thing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days_open__gte", 1),
                            ("days_open__lte", 28),
                            ("weeks__gte", 1),
                            ("weeks__lte", 52),
                            ("days_open__lte", django.db.models.expressions.CombinedExpression(models.F("weeks"), "*", models.Value(7))),
                        ),
                        name="review_cycle_in_bounds",
                        violation_error_message="A review ends before the next one opens.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="review",
            name="cycle",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="reviews.reviewcycle"),
        ),
        migrations.CreateModel(
            name="ReviewForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="review_forms", to="accounts.team")),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("team", "name"), name="review_form_name_once", violation_error_message="Your team has a form of this name already."
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="reviewcycle",
            name="form",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cycles", to="reviews.reviewform"),
        ),
        migrations.CreateModel(
            name="FormQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("question", models.CharField(max_length=200)),
                ("hint", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("scale", "never, sometimes, mostly, always"), ("text", "words only"), ("choice", "one of the answers below")],
                        default="scale",
                        max_length=6,
                    ),
                ),
                ("options", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ("evidence", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ("form", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="reviews.reviewform")),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("form", "position"), name="form_question_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("kind", "choice"), _negated=True), ("options__len__gte", 2), _connector="OR"),
                        name="form_question_choice_has_answers",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("question", models.CharField(max_length=200)),
                ("hint", models.CharField(blank=True, max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("scale", "never, sometimes, mostly, always"), ("text", "words only"), ("choice", "one of the answers below")],
                        default="scale",
                        max_length=6,
                    ),
                ),
                ("options", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ("evidence", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ("review", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="reviews.review")),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("review", "position"), name="review_question_position_once")],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("choice", models.CharField(blank=True, max_length=60)),
                ("words", models.TextField(blank=True)),
                ("participant", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="reviews.participant")),
                ("question", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="reviews.reviewquestion")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("participant", "question"), name="review_answer_once"),
                    models.CheckConstraint(condition=models.Q(("choice", ""), ("words", ""), _negated=True), name="review_answer_says_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RollupState",
            fields=[
                ("one", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(default=0)),
                ("refreshed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("one", True)), name="rollup_state_one_row")],
            },
        ),
        migrations.CreateModel(
            name="SharingCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("when", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=30)),
                ("a", models.CharField(blank=True, max_length=200)),
                ("b", models.CharField(blank=True, max_length=200)),
                ("numerator", models.FloatField()),
                ("denominator", models.FloatField()),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="handover.agreement"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="handover.service"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("team", "name", "day", "service", "agreement", "when", "a", "b"), name="sharing_count_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("when", models.CharField(max_length=12)),
                ("n_given", models.FloatField(default=0)),
                ("d_given", models.FloatField(default=0)),
                ("n_in_time", models.FloatField(default=0)),
                ("d_in_time", models.FloatField(default=0)),
                ("n_minutes", models.FloatField(default=0)),
                ("d_minutes", models.FloatField(default=0)),
                ("n_missing", models.FloatField(default=0)),
                ("d_missing", models.FloatField(default=0)),
                ("n_read_back_right", models.FloatField(default=0)),
                ("d_read_back_right", models.FloatField(default=0)),
                ("n_complete_by_check", models.FloatField(default=0)),
                ("d_complete_by_check", models.FloatField(default=0)),
                ("n_asked_in_time", models.FloatField(default=0)),
                ("d_asked_in_time", models.FloatField(default=0)),
                ("n_answered_in_time", models.FloatField(default=0)),
                ("d_answered_in_time", models.FloatField(default=0)),
                ("n_followed_up", models.FloatField(default=0)),
                ("d_followed_up", models.FloatField(default=0)),
                ("n_unable", models.FloatField(default=0)),
                ("d_unable", models.FloatField(default=0)),
                ("n_not_chased", models.FloatField(default=0)),
                ("d_not_chased", models.FloatField(default=0)),
                ("n_carried_far", models.FloatField(default=0)),
                ("d_carried_far", models.FloatField(default=0)),
                ("n_bounced", models.FloatField(default=0)),
                ("d_bounced", models.FloatField(default=0)),
                ("n_passed_on", models.FloatField(default=0)),
                ("d_passed_on", models.FloatField(default=0)),
                ("n_queries", models.FloatField(default=0)),
                ("d_queries", models.FloatField(default=0)),
                ("n_reading", models.FloatField(default=0)),
                ("d_reading", models.FloatField(default=0)),
                ("n_gone_past", models.FloatField(default=0)),
                ("d_gone_past", models.FloatField(default=0)),
                ("n_by_rule", models.FloatField(default=0)),
                ("d_by_rule", models.FloatField(default=0)),
                (
                    "agreement",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="handover.agreement"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="handover.service"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.team"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("team", "day", "service", "agreement", "when"), name="sharing_day_once", nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name="SourceCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60)),
                ("lens", models.CharField(max_length=8)),
                ("rule", models.CharField(max_length=16)),
                ("without", models.BooleanField()),
                ("a", models.CharField(max_length=120)),
                ("b", models.CharField(max_length=120)),
                ("n", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["source", "lens", "rule", "without", "-n", "id"], name="source_count_most_first")],
                "constraints": [models.UniqueConstraint(fields=("source", "lens", "rule", "without", "a", "b"), name="source_count_once")],
            },
        ),
        migrations.CreateModel(
            name="SourceTotals",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60)),
                ("lens", models.CharField(max_length=8)),
                ("without", models.BooleanField()),
                ("totals", models.JSONField(default=dict)),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("source", "lens", "without"), name="source_totals_once")],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", common.refs.RefField("SU")),
                ("words", models.TextField()),
                ("about_path", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("will_do", "we will do it"),
                            ("in_review", "taken into the next review"),
                            ("already", "done already"),
                            ("not_now", "not now"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="suggestions", to=settings.AUTH_USER_MODEL)),
                (
                    "review",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="suggestions", to="reviews.review"),
                ),
                (
                    "seen_by",
                    models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("team", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="suggestions", to="accounts.team")),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["team", "-created_at", "-id"], name="suggestion_by_team")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True), ("decision", "")),
                            models.Q(models.Q(("decision", ""), _negated=True), ("answered_at__isnull", False), ("answered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="suggestion_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("about_path", ""),
                            models.Q(("about_path__startswith", "/"), models.Q(("about_path__startswith", "//"), _negated=True)),
                            _connector="OR",
                        ),
                        name="suggestion_about_a_page_of_ours",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="improvement",
            name="suggestion",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="improvements", to="reviews.suggestion"),
        ),
        migrations.CreateModel(
            name="SuggestionWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("suggestion", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="discussion", to="reviews.suggestion")),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(fields=("cycle", "until"), name="review_opens_once_of_a_cycle"),
        ),
    ]
