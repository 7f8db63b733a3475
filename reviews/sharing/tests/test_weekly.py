"""On Monday mornings the leads who asked for it get the week in three sentences, once, and no customer's words."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Preference, Team
from handover.handovers.models import Item
from handover.notifications.models import Delivery, Kind, Notification
from handover.notifications.preparing import prepare
from reviews.sharing import weekly
from tests.stories import hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_team, minutes

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)
WEDNESDAY = datetime(2026, 3, 4, 14, tzinfo=UTC)  # of the week before


@pytest.fixture
def people():
    """Leila leads and wants the e-mail; Kofi leads and never said; Amara wants it and does not lead."""
    desk = make_team("Harbour View")
    amara, tom = make_colleague("Amara Osei", desk), make_colleague("Tom Reid", desk)
    leila, kofi = make_colleague("Leila Haddad", desk, lead=True), make_colleague("Kofi Mensah", desk, lead=True)
    for person in (leila, amara):
        Preference.objects.create(user=person, reminders={Kind.SHARING_WEEK: ["email"]})
    return amara, tom, leila, kofi


def notices() -> list[Notification]:
    return list(Notification.objects.filter(kind=Kind.SHARING_WEEK))


def test_the_lead_who_wants_it_gets_last_week_on_monday_at_eight_once(people):
    amara, tom, leila, _ = people
    for hour in range(6):
        make_accepted(amara, tom, at=WEDNESDAY + hours(hour))
    assert weekly.send_due(at=MONDAY - minutes(1)) == 0
    assert weekly.send_due(at=MONDAY) == 1
    assert weekly.send_due(at=MONDAY) == weekly.send_due(at=MONDAY + hours(5)) == 0
    (notice,) = notices()
    assert notice.recipient == leila and not notice.needs_you
    assert notice.title == "How work was shared last week: Harbour View, 2 Mar to 8 Mar 2026"
    assert notice.path == "/sharing/?since=2026-03-02&until=2026-03-08"
    assert weekly.send_due(at=MONDAY + timedelta(days=7)) == 1


def test_it_says_plainly_that_nothing_stands_out_or_that_there_is_too_little(people):
    amara, tom, *_ = people
    for hour in range(4):
        make_accepted(amara, tom, at=WEDNESDAY + hours(hour))
    weekly.send_due(at=MONDAY)
    assert notices()[0].words == "Fewer than 5 handovers last week: too few to say anything."
    Notification.objects.all().delete()
    make_accepted(amara, tom, at=WEDNESDAY)
    weekly.send_due(at=MONDAY)
    assert notices()[0].words == "5 handovers. Nothing stands out: nothing is clearly worse than the rest, or than the week before."


def test_the_three_that_stand_out_are_sentences_with_figures_and_no_customers_words(people):
    # Given that what goes by one agreement waits for hours, and the rest does not
    amara, tom, leila, _ = people
    slow = make_agreement(Team.objects.get(), service="Room moves")
    for number in range(24):
        at = WEDNESDAY + minutes(number)
        item = make_offer(
            amara, tom, at=at, action=make_action(amara, at=at, title="Mrs Ellis rang", customer_name="Mrs Ellis", service=slow.agreement.point.service)
        )
        Item.objects.filter(pk=item.pk).update(state="accepted", accepted_by=tom, accepted_at=at + hours(9))
        make_accepted(amara, tom, at=at)

    # When Monday comes
    weekly.send_due(at=MONDAY)
    prepare()

    # Then the e-mail holds what stands out, each as a sentence with its figures
    message = Delivery.objects.get(notification=notices()[0])
    first, *found = notices()[0].words.splitlines()
    assert first == "48 handovers." and len(found) == 1  # the service stands out with its agreement, and is not said again
    assert found[0].startswith("1. Room moves: A. Request to room (during and between shifts): accepted late.") and "0% (0 of 24), 100% elsewhere" in found[0]
    assert found[0] in message.body and "/sharing/?since=2026-03-02" in message.body
    assert "Ellis" not in message.body + notices()[0].title + notices()[0].words
    assert message.subject_line == "You have last week's sharing patterns"


def test_after_an_outage_it_comes_late_and_after_two_days_not_at_all(people):
    assert weekly.send_due(at=MONDAY + timedelta(days=2)) == 0
    assert weekly.send_due(at=MONDAY + timedelta(days=1, hours=23)) == 1


def test_each_team_has_its_own_morning_and_a_lead_of_two_gets_both(people):
    *_, leila, _ = people
    auckland = make_team("Auckland", "Pacific/Auckland")
    auckland.memberships.create(user=leila, level="lead")
    assert weekly.send_due(at=datetime(2026, 3, 8, 18, 59, tzinfo=UTC)) == 0
    assert weekly.send_due(at=datetime(2026, 3, 8, 19, 0, tzinfo=UTC)) == 1
    assert weekly.send_due(at=MONDAY) == 1
    assert {one.title.split(": ")[1] for one in notices()} == {"Auckland, 2 Mar to 8 Mar 2026", "Harbour View, 2 Mar to 8 Mar 2026"}


def test_who_leads_no_more_or_is_no_longer_active_hears_nothing(people):
    *_, leila, _ = people
    leila.memberships.update(level="member")
    assert weekly.send_due(at=MONDAY) == 0
    leila.memberships.update(level="lead")
    type(leila).objects.filter(pk=leila.pk).update(is_active=False)
    assert weekly.send_due(at=MONDAY) == 0
