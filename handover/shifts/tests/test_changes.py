"""A change to the rota tells exactly those whose shifts change, once."""

from datetime import time, timedelta

import pytest

from common.errors import Refusal
from handover.notifications.models import Notification
from handover.shifts import operations
from handover.shifts.changes import roster_changes
from handover.shifts.models import Rostering
from tests.stories import FOUR_PM, hours, make_colleague, make_shift, make_team

pytestmark = pytest.mark.django_db
EVERY_DAY = range(1, 8)


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def lead(team):
    return make_colleague("Lee Lead", team, lead=True)


@pytest.fixture
def amara(team):
    return make_colleague("Amara Osei", team)


@pytest.fixture
def tom(team):
    return make_colleague("Tom Reid", team)


def told():
    """Words by name of whom they went to; fails where somebody was told twice."""
    notices = list(Notification.objects.filter(kind="rostered").select_related("recipient"))
    assert len({notice.recipient_id for notice in notices}) == len(notices)
    return {notice.recipient.display_name: notice.words for notice in notices}


def forget():
    Notification.objects.all().delete()


def test_a_changed_crew_tells_who_came_and_who_went_and_not_who_stayed(team, lead, amara, tom):
    zofia = make_colleague("Zofia Nowak", team)
    shift = make_shift(team, "Late", FOUR_PM + hours(23), FOUR_PM + hours(31), amara, zofia)
    operations.set_crew(shift=shift, by=lead, at=FOUR_PM, colleagues=[zofia, tom])
    assert told() == {"Amara Osei": "You are off Late, Tue 3 Mar, 15:00 to 23:00.", "Tom Reid": "You are on Late, Tue 3 Mar, 15:00 to 23:00."}
    assert set(Notification.objects.values_list("path", "needs_you", "team_id")) == {("/rota/week/?from=2026-03-03", False, team.pk)}


def test_one_change_made_of_many_writes_tells_each_once_and_never_who_made_it(team, lead, amara, tom):
    shifts = [make_shift(team, "Late", FOUR_PM + hours(24 * day), FOUR_PM + hours(24 * day + 7), amara) for day in range(1, 9)]
    with roster_changes(team_id=team.pk, by=amara, at=FOUR_PM):
        for shift in shifts:
            operations.set_crew(shift=shift, by=lead, at=FOUR_PM, colleagues=[tom])
    words = told()["Tom Reid"].splitlines()
    assert (len(told()), len(words), words[-1]) == (1, 7, "And 2 more changes.")


def test_what_is_changed_and_changed_back_tells_nobody(team, lead, amara):
    shift = make_shift(team, "Late", FOUR_PM + hours(23), FOUR_PM + hours(31), amara)
    with roster_changes(team_id=team.pk, by=lead, at=FOUR_PM):
        operations.set_crew(shift=shift, by=lead, at=FOUR_PM, colleagues=[])
        operations.set_crew(shift=shift, by=lead, at=FOUR_PM, colleagues=[amara])
        twin = make_shift(team, "Late", shift.starts_at, shift.ends_at, amara)
        shift.delete()
    assert twin.pk and not told()


def test_a_pattern_tells_its_crew_when_a_lead_adds_changes_or_ends_it_and_nobody_when_it_is_carried_on(team, lead, amara, tom):
    plan = {"name": "Early", "starts": time(7), "ends": time(15), "weekdays": EVERY_DAY}
    pattern = operations.add_pattern(team=team, by=lead, at=FOUR_PM, crew=[amara], **plan)
    assert set(told()) == {"Amara Osei"}
    forget()
    assert operations.generate_all(at=FOUR_PM + timedelta(days=3)) == 3
    assert not told()
    operations.change_pattern(pattern=pattern, by=lead, at=FOUR_PM, crew=[amara], **{**plan, "name": "Early shift"})
    assert not told()
    operations.change_pattern(pattern=pattern, by=lead, at=FOUR_PM, crew=[amara, tom], **plan)
    assert set(told()) == {"Tom Reid"}
    forget()
    operations.change_pattern(pattern=pattern, by=lead, at=FOUR_PM, crew=[amara, tom], **{**plan, "starts": time(8)})
    assert told()["Amara Osei"].startswith("Early, Tue 3 Mar, is 08:00 to 15:00 now, not Tue 3 Mar, 07:00 to 15:00.")
    forget()
    operations.end_pattern(pattern=pattern, by=lead, at=FOUR_PM)
    assert set(told()) == {"Amara Osei", "Tom Reid"}


def test_a_refused_change_tells_nobody_and_what_is_over_is_no_change(team, lead, amara):
    over = make_shift(team, "Early", FOUR_PM - hours(8), FOUR_PM, amara)
    coming = make_shift(team, "Late", FOUR_PM, FOUR_PM + hours(7))
    with pytest.raises(Refusal), roster_changes(team_id=team.pk, by=lead, at=FOUR_PM):
        operations.set_crew(shift=coming, by=lead, at=FOUR_PM, colleagues=[amara])
        operations.set_crew(shift=over, by=lead, at=FOUR_PM, colleagues=[])
    with roster_changes(team_id=team.pk, by=lead, at=FOUR_PM):
        Rostering.objects.filter(shift=over).delete()
    assert not told() and not coming.rosterings.exists()


def test_who_has_no_account_any_more_is_not_told_and_the_others_are(team, lead, amara, tom):
    shift = make_shift(team, "Late", FOUR_PM + hours(23), FOUR_PM + hours(31), amara, tom)
    amara.is_active = False
    amara.save()
    operations.set_crew(shift=shift, by=lead, at=FOUR_PM, colleagues=[])
    assert set(told()) == {"Tom Reid"}
