"""Rotations, exceptions, bank holidays, and single shifts planned by hand."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from audit.models import Event
from common.errors import Invalid, NotAllowed, Refusal
from handover.due.models import Due
from handover.notifications.models import Notification
from handover.shifts import exception_operations, operations, week_operations
from handover.shifts.models import Shift, ShiftPattern
from handover.shifts.planning import Hours, Otherwise, Plan, Week
from tests.stories import FOUR_PM, fresh, hours, make_action, make_colleague, make_offer, make_shift, make_team

MONDAY = date(2026, 3, 2)
EVERY_DAY = range(1, 8)
LATE = {"name": "Late", "starts": time(15), "ends": time(23), "weekdays": EVERY_DAY}


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def lead(team):
    return make_colleague("Lee Lead", team, lead=True)


@pytest.fixture
def crew(team):
    return [make_colleague(name, team) for name in ("Amara Osei", "Tom Reid", "Zofia Nowak")]


def add(team, lead, **fields):
    return operations.add_pattern(team=team, by=lead, at=FOUR_PM, **{**LATE, **fields})


def dates(pattern):
    return [shift.local_date for shift in pattern.shifts.filter(starts_at__gt=FOUR_PM).order_by("starts_at")]


def who(pattern):
    return {shift.local_date: {line.colleague.display_name for line in shift.rosterings.all()} for shift in pattern.shifts.filter(starts_at__gt=FOUR_PM)}


# --- What a pattern says about a day ------------------------------------------------------------------------------------


def plan(**fields):
    usual = Hours(time(9), time(17))
    weeks = (Week(frozenset({1, 2}), frozenset({7})), Week(frozenset({5}), frozenset({8})))
    given = {"zone": ZoneInfo("Europe/London"), "hours": usual, "weeks": weeks, "first_day": date(2024, 1, 1), "cycle_from": date(2026, 3, 4)}
    return Plan(**{**given, "holiday_hours": usual, "crew": frozenset({1}), **fields})


def test_a_rotation_repeats_by_weeks_from_monday_in_both_directions():
    two = plan()
    runs = [day for day in (MONDAY + timedelta(days=number) for number in range(-14, 14)) if two.hours_on(day)]
    assert [(day - MONDAY).days for day in runs] == [-14, -13, -3, 0, 1, 11]
    assert (two.crew_on(MONDAY), two.crew_on(MONDAY + timedelta(days=11))) == ({1, 7}, {1, 8})


def test_an_exception_goes_before_a_bank_holiday_and_neither_makes_it_run_on_another_weekday():
    short = Hours(time(10), time(12))
    asked = plan(holidays={MONDAY}, holiday_hours=None)
    assert (asked.hours_on(MONDAY), asked.hours_on(MONDAY + timedelta(days=1))) == (None, Hours(time(9), time(17)))
    excepted = plan(holidays={MONDAY}, holiday_hours=None, exceptions=(Otherwise(MONDAY, MONDAY + timedelta(days=2), short), Otherwise(MONDAY, MONDAY, None)))
    assert [excepted.hours_on(MONDAY + timedelta(days=number)) for number in range(3)] == [short, short, None]


def test_first_and_last_day_count():
    bounded = plan(first_day=MONDAY, last_day=MONDAY + timedelta(days=1))
    assert [bool(bounded.hours_on(MONDAY + timedelta(days=number))) for number in (-14, 0, 1, 14)] == [False, True, True, False]


# --- Patterns -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_rotation_puts_colleagues_on_in_turns_and_changing_it_changes_only_those(team, lead, crew):
    amara, tom, zofia = crew
    pattern = add(team, lead, weekdays=(), weeks=[([3], [amara]), ([3, 4], [tom])], cycle_from=MONDAY, crew=[zofia])
    second = {"Tom Reid", "Zofia Nowak"}
    assert who(pattern) == {date(2026, 3, 4): {"Amara Osei", "Zofia Nowak"}, date(2026, 3, 11): second, date(2026, 3, 12): second}
    Notification.objects.all().delete()
    operations.change_pattern(pattern=pattern, by=lead, at=FOUR_PM, **{**LATE, "weekdays": (), "weeks": [([3], [amara]), ([3, 4], [amara])], "crew": [zofia]})
    assert who(pattern)[date(2026, 3, 11)] == {"Amara Osei", "Zofia Nowak"}
    assert sorted(Notification.objects.values_list("recipient__display_name", flat=True)) == ["Amara Osei", "Tom Reid"]


@pytest.mark.django_db
def test_a_pattern_ends_after_its_last_day_and_says_what_cannot_be(team, lead, crew):
    assert dates(add(team, lead, last_day=MONDAY + timedelta(days=2))) == [MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)]
    with pytest.raises(Invalid, match="before the first"):
        add(team, lead, last_day=MONDAY - timedelta(days=9))
    with pytest.raises(Invalid, match="at least one day"):
        add(team, lead, weekdays=(), weeks=[([], []), ([], [])])
    with pytest.raises(Invalid, match="12 weeks"):
        add(team, lead, weeks=[([1], [])] * 13)
    with pytest.raises(Invalid, match="bank holidays"):
        add(team, lead, on_holidays="other")
    with pytest.raises(Invalid, match="Only colleagues"):
        add(team, lead, weeks=[([1], [make_colleague("Sam", make_team("Elsewhere"))])])
    assert ShiftPattern.objects.count() == 1


@pytest.mark.django_db
def test_bank_holidays_are_kept_as_each_pattern_says(team, lead, crew):
    at = FOUR_PM.replace(month=4, day=1)  # Good Friday is 3 April, Easter Monday 6 April 2026
    closed, short, usual = (
        operations.add_pattern(team=team, by=lead, at=at, **{**LATE, "name": name}, **more)
        for name, more in (
            ("Desk", {"on_holidays": "off"}),
            ("Line", {"on_holidays": "other", "holiday_starts": time(10), "holiday_ends": time(12)}),
            ("Night", {}),
        )
    )
    exception_operations.set_holiday_place(team=team, by=lead, at=at, country="GB", region="ENG")
    friday, monday = date(2026, 4, 3), date(2026, 4, 6)
    assert not closed.shifts.filter(local_date__in=[friday, monday]).exists()
    assert {team.local(shift.starts_at).hour for shift in short.shifts.filter(local_date__in=[friday, monday])} == {10}
    assert usual.shifts.filter(local_date__in=[friday, monday]).count() == 2
    exception_operations.set_holiday_place(team=team, by=lead, at=at, country="GB", region="SCT")
    assert closed.shifts.filter(local_date=monday).exists()  # no bank holiday in Scotland
    exception_operations.set_holiday_place(team=team, by=lead, at=at, country="")
    assert closed.shifts.filter(local_date=friday).exists()
    for country, region in (("ZZ", ""), ("GB", "BY")):
        with pytest.raises(Invalid):
            exception_operations.set_holiday_place(team=team, by=lead, at=at, country=country, region=region)


@pytest.mark.django_db
def test_an_exception_changes_its_days_and_removing_it_brings_them_back(team, lead, crew):
    pattern = add(team, lead, crew=crew[:1])
    tuesday = MONDAY + timedelta(days=1)
    closed = exception_operations.add_exception(
        pattern=pattern, by=lead, at=FOUR_PM, first_day=tuesday, last_day=tuesday + timedelta(days=1), why="Stocktaking"
    )
    assert dates(pattern)[0] == MONDAY + timedelta(days=3)
    exception_operations.add_exception(pattern=pattern, by=lead, at=FOUR_PM, first_day=tuesday, starts=time(10), ends=time(12))
    [short] = pattern.shifts.filter(local_date=tuesday)
    assert (team.local(short.starts_at).hour, [line.colleague for line in short.rosterings.all()]) == (10, crew[:1])
    exception_operations.remove_exception(exception=closed, by=lead, at=FOUR_PM)
    exception_operations.remove_exception(exception=closed, by=lead, at=FOUR_PM)
    assert pattern.shifts.filter(local_date=tuesday + timedelta(days=1)).exists()
    assert Event.objects.filter(kind="rota.exception_removed").count() == 1


@pytest.mark.django_db
def test_an_exception_that_cannot_be_is_refused_in_words(team, lead, crew):
    pattern = add(team, lead)
    for fields, said in (
        ({"first_day": MONDAY, "starts": time(9)}, "start and an end"),
        ({"first_day": MONDAY, "starts": time(9), "ends": time(9)}, "same time"),
        ({"first_day": MONDAY, "last_day": MONDAY - timedelta(days=1)}, "before the first"),
        ({"first_day": MONDAY - timedelta(days=9)}, "over"),
    ):
        with pytest.raises(Invalid, match=said):
            exception_operations.add_exception(pattern=pattern, by=lead, at=FOUR_PM, **fields)
    with pytest.raises(NotAllowed):
        exception_operations.add_exception(pattern=pattern, by=crew[0], at=FOUR_PM, first_day=MONDAY)


# --- Single shifts ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_shift_planned_by_hand_has_its_people_told_and_is_not_there_twice(team, lead, crew):
    day = {"name": "Trade fair", "day": MONDAY + timedelta(days=2), "starts": time(22), "ends": time(2)}
    made = week_operations.add_shift(team=team, by=lead, at=FOUR_PM, crew=crew[:2], **day)
    assert (made.pattern, made.ends_at - made.starts_at) == (None, hours(4))
    assert sorted(Notification.objects.values_list("recipient__display_name", flat=True)) == ["Amara Osei", "Tom Reid"]
    with pytest.raises(Invalid, match="already"):
        week_operations.add_shift(team=team, by=lead, at=FOUR_PM, **day)
    for fields in ({"day": MONDAY - timedelta(days=2)}, {"ends": time(22)}, {"day": date(2026, 3, 29), "starts": time(1, 10), "ends": time(1, 40)}):
        with pytest.raises(Invalid):
            week_operations.add_shift(team=team, by=lead, at=FOUR_PM, **{**day, **fields})


@pytest.mark.django_db
def test_other_times_of_one_shift_stay_when_its_pattern_changes_and_are_owed_anew(team, lead, crew):
    pattern = add(team, lead, crew=crew[:1])
    shift = pattern.shifts.get(local_date=MONDAY + timedelta(days=1))
    Notification.objects.all().delete()
    week_operations.change_times(shift=shift, by=lead, at=FOUR_PM, starts=time(16), ends=time(22))
    operations.change_pattern(pattern=pattern, by=lead, at=FOUR_PM, **{**LATE, "name": "Evening", "crew": crew[:1]})
    assert (team.local(fresh(shift).starts_at).hour, fresh(shift).name) == (16, "Evening")
    rows = Due.objects.live().about(shift).filter(rule="nothing_offered")
    assert {fresh(shift).ends_at - row.due_at for row in rows} == {timedelta(minutes=30), timedelta(minutes=10)}
    assert [notice.words for notice in Notification.objects.all()] == ["Late, Tue 3 Mar, is 16:00 to 22:00 now, not Tue 3 Mar, 15:00 to 23:00."]


@pytest.mark.django_db
def test_a_shift_that_was_taken_out_is_not_made_again_and_owes_nothing(team, lead, crew):
    pattern = add(team, lead, crew=crew[:1])
    shift = pattern.shifts.get(local_date=MONDAY + timedelta(days=1))
    week_operations.drop_shift(shift=shift, by=lead, at=FOUR_PM)
    week_operations.drop_shift(shift=shift, by=lead, at=FOUR_PM)
    assert operations.generate(pattern, at=FOUR_PM) == []
    assert not Shift.objects.filter(pk=shift.pk).exists() and not Due.objects.live().filter(subject_type="shift", subject_id=shift.pk).exists()
    assert Event.objects.filter(kind="rota.shift_dropped").count() == 1


@pytest.mark.django_db
def test_a_shift_that_began_or_that_something_refers_to_stays_and_says_why(team, lead, crew):
    amara, tom, _ = crew
    night = make_shift(team, "Night", FOUR_PM + hours(6), FOUR_PM + hours(14), tom)
    running = make_shift(team, "Late", FOUR_PM - hours(1), FOUR_PM + hours(7), amara)
    make_offer(amara, None, action=make_action(amara), when="end_of_shift", to_shift_id=night.pk)
    for change in (
        lambda shift: week_operations.drop_shift(shift=shift, by=lead, at=FOUR_PM),
        lambda shift: week_operations.change_times(shift=shift, by=lead, at=FOUR_PM, starts=time(1), ends=time(2)),
    ):
        with pytest.raises(Refusal, match="something was offered to it"):
            change(night)
        with pytest.raises(Refusal, match="has begun"):
            change(running)


# --- Pages --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_pages_of_patterns_save_rotations_exceptions_and_bank_holidays(team, lead, crew, client):
    client.force_login(lead)
    sent = {"name": "Late", "starts": "15:00", "ends": "23:00", "cycle": 2, "days_1": [1, 2], "crew_1": [crew[0].pk], "days_2": [3], "crew_2": [crew[1].pk]}
    assert client.post("/rota/patterns/new/", {**sent, "on_holidays": "off"}).status_code == 302
    pattern = ShiftPattern.objects.get()
    assert [(week.weekdays, [user.pk for user in week.crew.all()]) for week in pattern.weeks.all()] == [([1, 2], [crew[0].pk]), ([3], [crew[1].pk])]
    page = client.get(f"/rota/patterns/{pattern.pk}/").content.decode()
    assert "Over 2 weeks" in page
    assert client.post("/rota/patterns/new/", {**sent, "days_1": [], "days_2": []}).status_code == 422
    assert client.post("/rota/patterns/new/", {**sent, "cycle": 1}).status_code == 422
    assert client.post("/rota/patterns/new/", {**sent, "cycle": 99, "last_day": "nonsense"}).status_code == 422
    today = timezone.now().date()
    assert client.post(f"/rota/patterns/{pattern.pk}/exceptions/", {"first_day": today, "last_day": today + timedelta(days=3)}).status_code == 302
    assert client.post(f"/rota/patterns/{pattern.pk}/exceptions/", {"first_day": today, "starts": "09:00"}).status_code == 422
    assert client.post(f"/rota/exceptions/{pattern.exceptions.get().pk}/remove/").status_code == 302
    assert client.post("/rota/holidays/", {"place": "GB ENG"}).status_code == 302
    assert "Christmas Day" in client.get("/rota/holidays/").content.decode()


@pytest.mark.django_db
def test_the_pages_of_one_shift_change_its_times_and_take_it_out(team, lead, crew, client):
    client.force_login(lead)
    day = timezone.now().date() + timedelta(days=2)
    sent = {"name": "Fair", "day": day, "starts": "09:00", "ends": "17:00", "crew": [crew[0].pk]}
    assert client.post("/rota/shifts/new/", sent).status_code == 302
    assert client.post("/rota/shifts/new/", sent).status_code == 422
    shift = Shift.objects.get()
    assert client.post(f"/rota/shifts/{shift.ref}/times/", {"times-starts": "10:00", "times-ends": "17:00"}).status_code == 302
    assert team.local(fresh(shift).starts_at).hour == 10
    assert client.post(f"/rota/shifts/{shift.ref}/times/", {"times-starts": "10:00", "times-ends": "10:00"}).status_code == 422
    assert client.post(f"/rota/shifts/{shift.ref}/drop/").status_code == 302
    assert not Shift.objects.exists()
