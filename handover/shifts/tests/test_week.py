"""A week as a grid: who is on, what is missing, and one press that saves it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from handover.notifications.models import Notification
from handover.shifts import week_operations
from handover.shifts.week_queries import monday_of, week
from tests.stories import FOUR_PM, hours, make_colleague, make_shift, make_team

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def lead(team):
    return make_colleague("Lee Lead", team, lead=True)


@pytest.fixture
def amara(team):
    return make_colleague("Amara Osei", team, role="Night receptionist")


def test_a_week_points_out_gaps_people_on_twice_and_whether_shifts_can_talk(team, lead, amara):
    tom = make_colleague("Tom Reid", team)
    make_shift(team, "Early", FOUR_PM + hours(15), FOUR_PM + hours(23.25), amara)
    make_shift(team, "Late", FOUR_PM + hours(23), FOUR_PM + hours(31), amara, tom)
    make_shift(team, "Night", FOUR_PM + hours(31), FOUR_PM + hours(39))
    shown = week(team, MONDAY, FOUR_PM)
    assert shown.gaps == ("Nobody on Night, Tue 3 Mar",)
    assert shown.twice == ("Amara Osei is on twice at once: Early and Late, Tue 3 Mar",)
    assert [note.words for note in shown.notes] == [
        "Early and Late overlap by 15 min: a spoken handover can happen (Tue).",
        "Late and Night do not overlap: a spoken handover can’t happen (Tue).",
    ]
    rows = {row.name: [place.name for _, places in row.cells for place in places if place.is_on] for row in shown.rows}
    assert rows == {"Amara Osei": ["Early", "Late"], "Lee Lead": [], "Tom Reid": ["Late"]}
    assert [day.words for day, lines in shown.nobody if lines] == ["Tue 3 Mar"]


def test_a_gap_between_shifts_is_told_with_its_length(team, lead):
    for number in range(7):
        make_shift(team, "Day", FOUR_PM + hours(24 * number - 7), FOUR_PM + hours(24 * number + 1), lead)
    assert [note.words for note in week(team, MONDAY, FOUR_PM).notes] == [
        "Day and Day do not overlap, with 16 h between them: a spoken handover can’t happen (Mon, Tue, Wed, Thu, Fri, Sat)."
    ]


def test_a_week_is_read_in_as_many_statements_however_many_there_are(team, lead, amara, django_assert_num_queries):
    for number in range(5):
        make_shift(team, "Late", FOUR_PM + hours(24 * number), FOUR_PM + hours(24 * number + 7), amara, lead)
    with django_assert_num_queries(6):
        week(team, MONDAY, FOUR_PM)
    for number in range(7):
        make_shift(team, "Night", FOUR_PM + hours(24 * number + 7), FOUR_PM + hours(24 * number + 14), make_colleague(f"Night {number}", team, role="Porter"))
    with django_assert_num_queries(6):
        week(team, MONDAY, FOUR_PM)


def coming(team, *crew, days=3):
    now = timezone.now()
    return make_shift(team, "Late", now + timedelta(days=days), now + timedelta(days=days, hours=8), *crew)


def test_a_lead_saves_a_week_at_once_and_each_whose_shifts_changed_is_told_once(team, lead, amara, client):
    tom = make_colleague("Tom Reid", team)
    one, other = coming(team, amara), coming(team, amara, days=4)
    client.force_login(lead)
    address = f"/rota/week/?from={one.local_date}"
    page = client.get(address).content.decode()
    assert f'value="{one.pk}-{amara.pk}" checked' in page
    sent = {"was": f"{one.pk}-{amara.pk} {other.pk}-{amara.pk}", "on": [f"{one.pk}-{tom.pk}", f"{other.pk}-{tom.pk}"]}
    assert client.post(address, sent).status_code == 302
    assert {row.colleague for row in [*one.rosterings.all(), *other.rosterings.all()]} == {tom}
    assert sorted(Notification.objects.filter(kind="rostered").values_list("recipient__display_name", flat=True)) == ["Amara Osei", "Tom Reid"]


def test_only_what_a_lead_changed_is_saved_so_that_a_colleagues_change_stays(team, lead, amara, client):
    tom, zofia = make_colleague("Tom Reid", team), make_colleague("Zofia Nowak", team)
    shift = coming(team, amara)
    week_operations.roster(team=team, by=lead, at=timezone.now(), on=[(shift.pk, zofia.pk)])
    client.force_login(lead)
    client.post("/rota/week/", {"was": f"{shift.pk}-{amara.pk}", "on": [f"{shift.pk}-{amara.pk}", f"{shift.pk}-{tom.pk}", "nonsense", "1-", "9" * 40]})
    assert {row.colleague for row in shift.rosterings.all()} == {amara, tom, zofia}


def test_a_refused_week_keeps_what_was_ticked_and_changes_nothing(team, lead, amara, client):
    stranger = make_colleague("Sam Stranger", make_team("Elsewhere"))
    shift = coming(team)
    client.force_login(lead)
    answer = client.post(f"/rota/week/?from={shift.local_date}", {"was": "", "on": [f"{shift.pk}-{amara.pk}", f"{shift.pk}-{stranger.pk}"]})
    assert (answer.status_code, shift.rosterings.count()) == (422, 0)
    assert f'value="{shift.pk}-{amara.pk}" checked' in answer.content.decode()
    theirs = make_shift(stranger.memberships.get().team, "Theirs", timezone.now() + hours(1), timezone.now() + hours(2))
    assert client.post("/rota/week/", {"was": "", "on": f"{theirs.pk}-{amara.pk}"}).status_code == 422


def test_members_read_the_week_and_nothing_odd_in_the_address_breaks_it(team, amara, client):
    coming(team, amara)
    client.force_login(amara)
    page = client.get("/rota/week/").content.decode()
    assert 'type="checkbox"' not in page and "Save the week" not in page
    assert client.post("/rota/week/", {"was": "", "on": "1-1"}).status_code == 403
    for odd in ("", "x", "0001-01-01", "9999-12-31", "2026-02-30", "%00"):
        assert client.get(f"/rota/week/?from={odd}").status_code == 200


def test_monday_is_the_first_day_of_a_week():
    assert [monday_of(MONDAY + timedelta(days=number)) for number in (0, 6, 7)] == [MONDAY, MONDAY, MONDAY + timedelta(days=7)]
