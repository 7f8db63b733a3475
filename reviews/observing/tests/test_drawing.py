"""Two accepted handovers of each colleague and month are drawn by lot, and the leads are asked to look at them."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Membership
from handover.handovers.models import Handover
from handover.notifications.models import Kind, Notification
from reviews.observing import operations as observing
from reviews.observing.halves import Half, by_lot, due_halves
from reviews.observing.models import Draw, Observation
from tests.stories import hours, make_accepted, make_action, make_colleague, make_offer, make_team

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
TENTH = datetime(2026, 3, 10, 14, tzinfo=UTC)
EIGHTEENTH = datetime(2026, 3, 18, 9, tzinfo=UTC)  # the first half of March is settled
APRIL = datetime(2026, 4, 3, 9, tzinfo=UTC)


def given(by, to, *days):
    return [make_accepted(by, to, at=TENTH + timedelta(days=day)) for day in days]


def asked(lead):
    return list(Notification.objects.filter(recipient=lead, kind=Kind.OBSERVE, settled_at=None).values_list("title", flat=True))


def test_two_handovers_of_each_colleague_are_drawn_and_the_lead_is_asked_once(people):
    # Given that Amara gave four handovers and Tom one
    amara, tom, leila = people
    given(amara, tom, 0, 1, 2, 3)
    given(tom, amara, 1)

    # When the half of the month is over and settled
    assert observing.draw_due(at=EIGHTEENTH) == 3

    # Then two of Amara's and one of Tom's were drawn, and Leila has one notice about all three
    assert Counter(Observation.objects.values_list("colleague__display_name", flat=True)) == {"Amara Osei": 2, "Tom Reid": 1}
    assert asked(leila) == ["Handovers to observe: 3 of your colleagues’, picked by chance"]
    assert not asked(amara)

    # And running it again, or later in the half, draws nothing more
    assert observing.draw_due(at=EIGHTEENTH) == observing.draw_due(at=EIGHTEENTH + hours(90)) == 0
    assert Observation.objects.count() == 3


def test_the_second_half_brings_each_colleague_to_two_and_no_further(people):
    amara, tom, leila = people
    given(amara, tom, 0)
    observing.draw_due(at=EIGHTEENTH)
    given(amara, tom, 10, 11, 12)
    given(tom, amara, 10, 11, 12)
    assert observing.draw_due(at=APRIL) == 3
    assert Counter(Observation.objects.values_list("colleague__display_name", "number")) == Counter(
        {("Amara Osei", 1): 1, ("Amara Osei", 2): 1, ("Tom Reid", 1): 1, ("Tom Reid", 2): 1}
    )
    assert asked(leila) == ["Handovers to observe: 4 of your colleagues’, picked by chance"]


def test_after_a_long_outage_only_the_latest_halves_are_drawn_and_one_notice_is_sent(people):
    amara, tom, leila = people
    given(amara, tom, -40, 0, 10)
    assert observing.draw_due(at=APRIL + timedelta(days=15)) == 2
    assert sorted(Draw.objects.values_list("until", flat=True)) == [date(2026, 4, 1), date(2026, 4, 16)]
    assert len(asked(leila)) == 1


def test_nobody_is_asked_any_more_about_what_is_too_long_ago(people):
    amara, tom, leila = people
    given(amara, tom, 0)
    observing.draw_due(at=EIGHTEENTH)
    observing.draw_due(at=APRIL)
    assert asked(leila)
    assert observing.draw_due(at=EIGHTEENTH + timedelta(days=36)) == 0
    assert not asked(leila)


def test_only_what_a_colleague_of_the_team_gave_and_somebody_accepted_is_drawn(desk, people):
    amara, tom, leila = people
    left, gone = make_colleague("Ben", desk), make_colleague("Zofia", desk)
    given(left, tom, 0), given(gone, tom, 0)
    Membership.objects.filter(user=left).update(ended_at=EIGHTEENTH)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    make_offer(amara, tom, at=TENTH)
    (ruled,) = given(amara, tom, 1)
    Handover.objects.filter(pk=ruled.handover_id).update(rule="by_rule")
    given(amara, tom, 6, 7)  # of the second half
    assert observing.draw_due(at=EIGHTEENTH) == 0
    assert Draw.objects.count() == 2


def test_what_no_lead_could_look_at_is_not_drawn(desk, people):
    amara, tom, leila = people
    given(amara, leila, 0), given(leila, amara, 0)
    assert observing.draw_due(at=EIGHTEENTH) == 0

    # But with a second lead it is, and only the one who may look is asked
    kofi = make_colleague("Kofi", desk, lead=True)
    given(leila, kofi, 10)
    assert observing.draw_due(at=APRIL) == 2
    assert asked(kofi) == ["Handovers to observe: 2 of your colleagues’, picked by chance"]
    assert asked(leila) == []


def test_the_lot_is_the_same_for_everybody_and_another_in_each_month():
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    drawn = by_lot(range(1, 200), team_id=1, month=march)
    assert drawn == by_lot(range(199, 0, -1), team_id=1, month=march)
    assert drawn != by_lot(range(1, 200), team_id=1, month=april) != by_lot(range(1, 200), team_id=2, month=april)
    assert sorted(drawn) == list(range(1, 200))


def test_every_handover_is_as_likely_to_be_drawn():
    firsts = Counter(by_lot(range(10), team_id=team, month=date(2026, 3, 1))[0] for team in range(2_000))
    assert min(firsts.values()) > 150 and max(firsts.values()) < 260


@pytest.mark.parametrize(
    ("at", "halves"),
    [
        (datetime(2026, 3, 18, 7, 59, tzinfo=LONDON), [Half(date(2026, 2, 1), date(2026, 3, 1))]),
        (datetime(2026, 3, 18, 8, 0, tzinfo=LONDON), [Half(date(2026, 2, 1), date(2026, 3, 1)), Half(date(2026, 3, 1), date(2026, 3, 16))]),
        (datetime(2026, 4, 3, 8, 0, tzinfo=LONDON), [Half(date(2026, 3, 1), date(2026, 4, 1))]),
        (datetime(2026, 1, 2, 12, 0, tzinfo=LONDON), [Half(date(2025, 11, 1), date(2025, 12, 1)), Half(date(2025, 12, 1), date(2025, 12, 16))]),
        (datetime(2026, 1, 3, 12, 0, tzinfo=LONDON), [Half(date(2025, 12, 1), date(2026, 1, 1))]),
    ],
)
def test_a_half_is_drawn_on_the_second_morning_after_it_on_the_teams_clock(at, halves):
    assert due_halves(at, LONDON) == halves


def test_a_team_far_away_draws_by_its_own_clock():
    auckland = make_team("Auckland", "Pacific/Auckland")
    ana, ben, _ = make_colleague("Ana", auckland), make_colleague("Ben", auckland), make_colleague("Lou", auckland, lead=True)
    make_accepted(ana, ben, at=datetime(2026, 3, 15, 10, 30, tzinfo=UTC))  # the 15th, 23:30, in Auckland
    make_accepted(ana, ben, at=datetime(2026, 3, 15, 11, 30, tzinfo=UTC), action=make_action(ana, at=TENTH))
    assert observing.draw_due(at=datetime(2026, 3, 17, 18, 59, tzinfo=UTC)) == 0
    assert observing.draw_due(at=datetime(2026, 3, 17, 19, 1, tzinfo=UTC)) == 1
