"""Patterns make shifts; leads roster colleagues; the end of a shift is announced."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from common.errors import Invalid, NotAllowed, Refusal
from handover.due.models import Due
from handover.shifts import operations
from handover.shifts.models import Shift
from handover.shifts.queries import timetable
from handover.shifts.rota_queries import days_ahead
from tests.stories import FOUR_PM, fresh, hours, make_action, make_colleague, make_offer, make_shift, make_team

pytestmark = pytest.mark.django_db
EVERY_DAY = range(1, 8)


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def lead(team):
    return make_colleague("Lee Lead", team, lead=True)


def add(team, lead, name="Late", starts=time(15), ends=time(23), **fields):
    return operations.add_pattern(team=team, by=lead, at=FOUR_PM, name=name, starts=starts, ends=ends, **{"weekdays": EVERY_DAY, **fields})


def crew_of(shift):
    return [one.colleague for one in shift.rosterings.select_related("colleague").order_by("colleague__display_name")]


def test_a_pattern_makes_the_shifts_of_two_weeks_with_its_crew_and_twice_makes_none(team, lead):
    amara = make_colleague("Amara Osei", team)
    pattern = add(team, lead, crew=[amara])
    assert pattern.shifts.filter(starts_at__gte=FOUR_PM).count() == 14
    assert timetable(team.pk, FOUR_PM).of(amara.pk, FOUR_PM).name == "Late"
    assert operations.generate(pattern, at=FOUR_PM) == []
    assert Event.objects.filter(kind="rota.pattern_added").count() == 1


def test_everybody_on_a_shift_is_reminded_before_its_end_and_not_when_taken_off(team, lead):
    amara = make_colleague("Amara Osei", team)
    pattern = add(team, lead, crew=[amara])
    shift = pattern.shifts.get(local_date=FOUR_PM.date())
    rows = Due.objects.live().about(shift).filter(rule="nothing_offered")
    assert [row.due_at for row in rows.order_by("due_at")] == [shift.ends_at - timedelta(minutes=30), shift.ends_at - timedelta(minutes=10)]
    operations.set_crew(shift=shift, by=lead, at=FOUR_PM, colleagues=[])
    assert not rows.all().exists()


def test_a_changed_pattern_makes_the_future_anew_and_keeps_what_is_referred_to(team, lead):
    amara, tom = make_colleague("Amara Osei", team), make_colleague("Tom Reid", team)
    pattern = add(team, lead, name="Night", starts=time(23), ends=time(7), crew=[tom])
    tonight = pattern.shifts.filter(starts_at__gt=FOUR_PM).order_by("starts_at").first()
    action = make_action(amara)
    item = make_offer(amara, None, action=action, when="end_of_shift", to_shift_id=tonight.pk)
    operations.change_pattern(pattern=pattern, by=lead, at=FOUR_PM, name="Night", starts=time(22), ends=time(7), weekdays=EVERY_DAY, crew=[tom])
    assert fresh(item).receiving_shift == tonight
    others = Shift.objects.filter(pattern=pattern, starts_at__gt=FOUR_PM).exclude(pk=tonight.pk)
    assert {team.local(shift.starts_at).hour for shift in others} == {22}


def test_who_was_put_on_one_shift_by_hand_stays_when_the_pattern_changes(team, lead):
    amara, tom, zofia = (make_colleague(name, team) for name in ("Amara Osei", "Tom Reid", "Zofia Nowak"))
    pattern = add(team, lead, crew=[amara])
    first, second = pattern.shifts.filter(starts_at__gt=FOUR_PM)[:2]
    operations.set_crew(shift=first, by=lead, at=FOUR_PM, colleagues=[amara, zofia])
    change = {"name": "Late", "starts": time(14), "ends": time(22), "weekdays": EVERY_DAY, "crew": [tom]}
    operations.change_pattern(pattern=pattern, by=lead, at=FOUR_PM, **change)
    assert fresh(first).starts_at == first.starts_at - hours(1)
    assert (crew_of(first), crew_of(second)) == ([tom, zofia], [tom])
    rows = Due.objects.live().about(first).filter(rule="nothing_offered")
    assert {(row.person_id, fresh(first).ends_at - row.due_at) for row in rows} == {
        (person.pk, timedelta(minutes=before)) for person in (tom, zofia) for before in (30, 10)
    }


def test_what_has_begun_stays_when_a_pattern_changes_or_ends(team, lead):
    pattern = add(team, lead)
    today = pattern.shifts.get(local_date=FOUR_PM.date())
    operations.change_pattern(pattern=pattern, by=lead, at=FOUR_PM, name="Weekend", starts=time(9), ends=time(17), weekdays=[6, 7], crew=[])
    assert (fresh(today).starts_at, {shift.local_date.isoweekday() for shift in pattern.shifts.exclude(pk=today.pk)}) == (today.starts_at, {6, 7})
    operations.end_pattern(pattern=pattern, by=lead, at=FOUR_PM)
    operations.end_pattern(pattern=pattern, by=lead, at=FOUR_PM)
    assert [*pattern.shifts.all()] == [today]
    assert operations.generate(pattern, at=FOUR_PM + timedelta(days=1)) == []
    assert Event.objects.filter(kind="rota.pattern_ended").count() == 1


def test_the_bell_keeps_every_rota_two_weeks_ahead_with_one_event_each_and_without_who_left(team, lead):
    amara, tom = make_colleague("Amara Osei", team), make_colleague("Tom Reid", team)
    pattern = add(team, lead, crew=[amara, tom])
    tom.memberships.update(ended_at=FOUR_PM)
    assert operations.generate_all(at=FOUR_PM + hours(1)) == 0
    assert operations.generate_all(at=FOUR_PM + timedelta(days=2)) == 2
    assert Event.objects.filter(kind="rota.shifts_made", actor_id=None).count() == 1
    assert crew_of(pattern.shifts.order_by("-starts_at").first()) == [amara]


def test_nothing_is_owed_for_what_is_over(team, lead):
    amara = make_colleague("Amara Osei", team)
    shift = make_shift(team, "Late", FOUR_PM - hours(8), FOUR_PM + hours(0.25))
    operations.set_crew(shift=shift, by=lead, at=FOUR_PM, colleagues=[amara])
    assert [row.step for row in Due.objects.live().about(shift).filter(rule="nothing_offered")] == [2]
    with pytest.raises(Refusal, match="over"):
        operations.set_crew(shift=shift, by=lead, at=FOUR_PM + hours(1), colleagues=[])


def test_only_leads_plan_and_only_members_are_rostered(team, lead):
    member, stranger = make_colleague("Amara Osei", team), make_colleague("Sam Stranger", make_team("Elsewhere"))
    with pytest.raises(NotAllowed):
        add(team, member)
    with pytest.raises(Invalid):
        add(team, lead, crew=[stranger])


def test_the_incoming_shift_runs_at_the_end_of_the_outgoing_one_else_is_the_next_to_start(team):
    late = make_shift(team, "Late", FOUR_PM - hours(1), FOUR_PM + hours(7))
    night = make_shift(team, "Night", FOUR_PM + hours(6.75), FOUR_PM + hours(15))
    early = make_shift(team, "Early", FOUR_PM + hours(16), FOUR_PM + hours(23))
    table = timetable(team.pk, FOUR_PM)
    assert table.incoming(table.by_id(late.pk), FOUR_PM).id == night.pk
    assert table.incoming(table.by_id(night.pk), FOUR_PM).id == early.pk
    assert timetable(make_team("No rota").pk, FOUR_PM).is_empty


def test_a_night_pattern_set_up_at_night_begins_with_the_shift_that_runs(team, lead):
    at = FOUR_PM + hours(10)
    pattern = operations.add_pattern(team=team, by=lead, at=at, name="Night", starts=time(23), ends=time(7), weekdays=EVERY_DAY, crew=[lead])
    assert timetable(team.pk, at).of(lead.pk, at).name == "Night"
    assert pattern.shifts.count() == 16  # last night's, tonight's, and fourteen days ahead


def test_the_rota_shows_the_wall_clock_of_the_team_and_says_when_the_clocks_change(client):
    berlin = make_team("Berlin", zone="Europe/Berlin")
    lead = make_colleague("Lena", berlin, lead=True)
    at = datetime(2026, 10, 22, 12, tzinfo=UTC)
    pattern = operations.add_pattern(team=berlin, by=lead, at=at, name="Night", starts=time(22), ends=time(6), weekdays=EVERY_DAY, crew=[lead])
    columns, days = days_ahead(berlin, [pattern], at)
    cells = {day.day: shifts[0] for day in days for _, shifts in day.cells if shifts}
    assert [(column.name, column.hours) for column in columns] == [("Night", "22:00 to 06:00")]
    assert {cell.hours for cell in cells.values()} == {""}
    assert {day: cell.note for day, cell in cells.items() if cell.note} == {date(2026, 10, 24): "The clocks change: it lasts 9 h"}


def test_the_page_of_a_shift_is_for_its_team_and_changed_by_its_leads(team, lead, client):
    member, tom = make_colleague("Amara Osei", team), make_colleague("Tom Reid", team)
    shift = add(team, lead).shifts.order_by("-starts_at").first()
    now = timezone.now()
    coming = make_shift(team, "Late", now + hours(1), now + hours(8))
    client.force_login(member)
    assert client.get(f"/rota/shifts/{coming.ref}/").status_code == 200
    assert client.post(f"/rota/shifts/{coming.ref}/", {"colleagues": [tom.pk]}).status_code == 403
    assert client.get(f"/rota/patterns/{shift.pattern_id}/").status_code == 403
    client.force_login(make_colleague("Sam", make_team("Elsewhere"), lead=True))
    for address in (f"/rota/shifts/{coming.ref}/", f"/rota/patterns/{shift.pattern_id}/"):
        assert client.get(address).status_code == client.post(address, {}).status_code == 404
    assert client.post(f"/rota/patterns/{shift.pattern_id}/end/").status_code == 404
    client.force_login(lead)
    assert client.post(f"/rota/shifts/{coming.ref}/", {"colleagues": [tom.pk]}).status_code == 302
    assert crew_of(coming) == [tom]
    stranger = make_colleague("Stranger", make_team("Third"))
    assert client.post(f"/rota/shifts/{coming.ref}/", {"colleagues": [stranger.pk]}).status_code == 422
