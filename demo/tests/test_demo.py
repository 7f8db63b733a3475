"""The demo, loaded once for all of these stories."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Q

from accounts.demo_signins import DEMO_ACCOUNTS, DEMO_INTEGRATION, DEMO_PASSWORD
from accounts.models import Integration, Membership, Team, User
from audit.models import Event
from demo import making, moving, rota
from demo.teams import CENTRE, HOTEL, PEOPLE
from handover.actions.models import Action, Contact
from handover.agreements.queries import in_force_for_many
from handover.checks.models import Check
from handover.due.models import Due
from handover.followups.models import FollowUp
from handover.handovers.drafts import HAND_OVER
from handover.handovers.handing_queries import to_hand_over
from handover.handovers.models import Item
from handover.handovers.queries import draft_of, last_briefs, readiness, waiting_for
from handover.moves.invariants import INVARIANTS
from handover.notifications.models import Notification
from handover.notifications.preparing import prepare
from handover.policies.queries import to_acknowledge
from handover.procedure.queries import my_part, not_read_by, now_of
from handover.shifts.models import Shift, ShiftPattern
from handover.shifts.queries import timetable
from reviews.observing.models import Observation
from reviews.observing.queries import for_period, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Statements:
    """Counts what the database was asked."""

    count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """When the demo was loaded, and with how many statements. What a test changes is undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        statements = Statements()
        with connection.execute_wrapper(statements):
            call_command("demo", verbosity=0)
        yield datetime.fromisoformat(making.marker().data["now"]), statements.count
        transaction.set_rollback(True)


@pytest.fixture
def now(loaded):
    return loaded[0]


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


def test_it_is_small_enough_to_load_in_seconds(loaded):
    assert Action.objects.count() <= 150
    assert loaded[1] < 10_000


def test_its_people_sign_in_with_the_password_that_everybody_knows(loaded, client, settings):
    settings.BATON_DEMO = True
    for address in DEMO_ACCOUNTS:
        assert User.objects.with_email(address).get().check_password(DEMO_PASSWORD)
    answer = client.post("/sign-in/", {"login": "amara@example.org", "password": DEMO_PASSWORD})
    assert answer.status_code == 302


def test_they_are_who_the_architecture_says(loaded):
    levels = dict(Membership.objects.filter(user__email__in=DEMO_ACCOUNTS).values_list("user__email", "level"))
    assert levels == {"amara@example.org": "member", "tom@example.org": "member", "leila@example.org": "lead"}
    assert person("admin").is_administrator
    assert all(Membership.objects.leads().filter(team__name=name).exists() for name in PEOPLE)
    assert Integration.objects.get(name=DEMO_INTEGRATION).team.name == HOTEL


def test_amaras_late_shift_is_about_to_end_and_toms_night_shift_comes(now):
    amara, tom = person("amara"), person("tom")
    table = timetable(amara.memberships.get().team_id, now)
    late, night = table.of(amara.pk, now), table.next_of(tom.pk, now)
    assert late.name == "Late shift" and timedelta(minutes=30) < late.ends_at - now < timedelta(minutes=40)
    assert night.name == "Night shift" and night.starts_at == late.ends_at - timedelta(minutes=15)
    assert table.incoming(late, now) == night


def test_shifts_go_on_for_a_week_and_more(now):
    for team in {shift.team_id for shift in Shift.objects.all()}:
        assert Shift.objects.filter(team=team, starts_at__gt=now + timedelta(days=8)).exists()


def test_something_waits_in_every_state(now):
    assert {*Item.objects.values_list("state", flat=True)} == {"offered", "queried", "accepted", "declined", "withdrawn", "lapsed", "taken_back", "ended"}
    assert {*Action.objects.values_list("state", flat=True)} == {"held", "pool", "completed", "not_needed"}
    assert {*Action.objects.open().values_list("urgency", flat=True)} == {"routine", "soon", "urgent"}
    assert {*Check.objects.values_list("state", flat=True)} == {"set", "asked", "answered", "cancelled"}
    assert {*Check.objects.exclude(outcome="").values_list("outcome", flat=True)} == {"completed", "partly", "not_yet", "unable", "not_needed"}
    assert {*FollowUp.objects.values_list("decision", flat=True)} >= {"", "take_back", "new_time", "escalate"}


def test_something_waits_in_every_way(now):
    offered = Item.objects.on_offer()
    assert offered.filter(accept_by__lt=now).exists() and offered.filter(accept_by__gt=now).exists()
    assert offered.filter(receiving_shift__isnull=False).exists()
    assert Check.objects.filter(state="asked", due_at__lte=now, action__state="held").exists()
    assert Item.objects.filter(state="ended", seen_through_at=None).exists()
    assert Item.objects.filter(state="accepted", read_back_right=None).exclude(read_back="").exists()
    assert Action.objects.late(now).exists()
    assert Contact.objects.filter(chased=True, action__state="held").exists()
    assert Action.objects.in_pool().filter(created_by__kind="integration").exists()
    chains = Counter(Item.objects.filter(state="accepted").values_list("action", flat=True))
    assert max(chains.values()) == 2


def test_amara_holds_five_actions_from_complete_to_incomplete_and_has_a_draft(now):
    amara = person("amara")
    held = list(to_hand_over(amara, amara.memberships.get().team))
    draft = draft_of(amara, held[0].team_id, HAND_OVER)
    versions = in_force_for_many([action.service_id for action in held], "between")
    found = readiness(held, versions=versions, fields=draft.fields, briefs=last_briefs(held))
    assert sorted((one.given, one.total) for one in found.values()) == [(6, 9), (7, 9), (9, 9), (9, 9), (9, 9)]


def test_amara_owes_a_decision_and_is_asked(now):
    amara = person("amara")
    assert FollowUp.objects.owed().filter(owed_by=amara).count() == 1
    standing = {*Notification.objects.visible_to(amara).standing(now).values_list("kind", flat=True)}
    assert standing >= {"queried", "read_back", "offered", "not_accepted", "unable", "outcome", "own_reminder", "check_asked"}


@pytest.mark.parametrize("name", ["amara", "tom"])
def test_offers_wait_for(now, name):
    assert waiting_for(person(name)).count() >= 2
    assert Notification.objects.visible_to(person(name)).standing(now).filter(kind="offered").exists()


def test_leila_hears_what_is_late(now):
    standing = {*Notification.objects.visible_to(person("leila")).standing(now).values_list("kind", flat=True)}
    assert standing >= {"not_accepted", "follow_up_waits", "in_pool", "promise"}


@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda each: each.__name__)
def test_no_invariant_is_broken(now, invariant):
    assert list(invariant()) == []


def test_nothing_of_the_past_is_still_to_fall_due(now):
    assert not Due.objects.live().filter(due_at__lte=now).exists()
    assert Due.objects.live().filter(due_at__gt=now).exists()


def test_nothing_of_the_past_goes_out_by_e_mail(now):
    assert prepare() == 0


def test_nothing_has_happened_in_the_future(now):
    assert not Event.objects.filter(at__gt=now).exists()
    assert not Notification.objects.filter(at__gt=now).exists()
    assert not Item.objects.filter(Q(offered_at__gt=now) | Q(accepted_at__gt=now) | Q(ended_at__gt=now)).exists()


def test_every_team_has_a_fortnight_behind_it(now):
    for team in set(Item.objects.values_list("from_team", flat=True)):
        assert Item.objects.filter(from_team=team, offered_at__lt=now - timedelta(days=11)).exists()
        assert Item.objects.filter(from_team=team, seen_through_at__isnull=False).count() >= 5


def test_given_again_it_changes_nothing_and_says_so(now, capsys):
    before = {model: model.objects.count() for model in (User, Action, Item, Due, Event, Notification)}
    call_command("demo")
    assert "Nothing was changed" in capsys.readouterr().out
    assert {model: model.objects.count() for model in before} == before


def test_after_half_a_day_its_times_move_to_now(now):
    amara = person("amara")
    held = Action.objects.get(title__startswith="Move Mrs Ellis")
    late = Item.objects.on_offer().late(now).count()
    ahead = Due.objects.live().count()
    later = now + timedelta(hours=31, minutes=7)

    assert moving.move_if_old(now=later) == later - now

    assert Action.objects.get(pk=held.pk).promised_by == held.promised_by + (later - now)
    assert Item.objects.on_offer().late(later).count() == late
    assert Due.objects.live().filter(due_at__gt=later).count() == ahead
    team = amara.memberships.get().team
    slot = timetable(team.pk, later).of(amara.pk, later)
    assert slot.name == "Late shift" and slot.ends_at == rota.anchor(team.name, later)
    pattern = ShiftPattern.objects.get(team=team, name="Late shift")
    assert pattern.ends == team.local(slot.ends_at).time()
    assert Shift.objects.get(pk=slot.id).local_date == team.local(slot.starts_at).date()


def test_the_trail_says_that_times_were_moved(now):
    moving.move_if_old(now=now + timedelta(hours=20))
    moved = Event.objects.get(kind="demo.moved")
    assert moved.data["by_seconds"] == timedelta(hours=20).total_seconds()
    assert moving.move_if_old(now=now + timedelta(hours=21)) is None


def test_within_half_a_day_nothing_moves(now):
    assert moving.move_if_old(now=now + timedelta(hours=11)) is None


def test_every_table_with_instants_moves_or_has_a_reason_not_to():
    stay = {"Agreement", "Service", "Delivery", "Shift", "ShiftPattern", "LogEvent", "ImportRun", "ImportedCase"}
    assert moving.unknown_tables() - stay == set()


def test_the_centre_plans_a_rotation_an_exception_bank_holidays_a_shift_by_hand_and_leaves_a_gap(now):
    team = Team.objects.get(name=CENTRE)
    desk = ShiftPattern.objects.get(team=team, name="Complaints desk")
    assert (desk.weeks.count(), desk.exceptions.count(), desk.on_holidays, str(team.holiday_place)) == (2, 1, "off", "GB ENG")
    by_hand = Shift.objects.filter(team=team, pattern=None, starts_at__gt=now)
    assert sorted((shift.name, shift.rosterings.count()) for shift in by_hand) == [("Burst main line", 0), ("Trade fair line", 1)]
    crews = {line.colleague.display_name for shift in desk.shifts.all() for line in shift.rosterings.all()}
    assert len(crews) == 2


def test_a_new_version_of_a_policy_waits_for_amara_and_some_have_not_read_how_their_team_hands_over(now):
    assert [(one.policy.title, one.number) for one in to_acknowledge(person("amara"))] == [("Guests with access needs", 2)]
    for name in PEOPLE:
        team = Team.objects.get(name=name)
        fingerprint, _ = now_of(team.pk)
        unread = {one.last_at is None for one in not_read_by(team.pk, fingerprint).rows}
        assert unread, f"everybody in {name} has read it"
    gives = my_part(person("amara"), Team.objects.get(name=HOTEL)).gives
    assert any(one.roles == ("host",) for one in gives)


def test_handovers_of_the_fortnight_were_observed_one_was_commented_on_and_one_waits_for_each_lead(now):
    for name in PEOPLE:
        drawn = Observation.objects.filter(team__name=name)
        assert drawn.filter(observed_at__lt=now).count() >= 3, name
        assert waiting(drawn, now).exists(), name
    assert Observation.objects.exclude(comment="").exists()
    assert for_period(Team.objects.get(name=CENTRE).pk, (now - timedelta(days=7)).date(), (now + timedelta(days=1)).date())["informed"].share is not None
