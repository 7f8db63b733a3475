"""The list of notices and the settings of one's reminders."""

import pytest
from django.utils import timezone

from accounts.models import Preference
from handover import moves
from handover.notifications import operations as notifications
from handover.notifications.forms import GROUPS
from handover.notifications.models import Delivery, DeliveryState, Kind, Notification
from handover.notifications.wording import ALWAYS_BY_EMAIL, BY_EMAIL, ON_REQUEST
from tests.stories import fresh, make_action, make_colleague, make_offer, make_team, minutes

pytestmark = pytest.mark.django_db
ABOUT = {"subject_type": "action", "subject_id": 1, "path": "/"}


@pytest.fixture
def people(morning):
    desk = make_team()
    return make_colleague("Ana Osei", desk), make_colleague("Ben Byrne", desk)


@pytest.fixture
def ben(client, people):
    client.force_login(people[1])
    return client


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_what_needs_somebody_stands_apart_from_what_is_good_to_know(client, people, morning):
    ana, ben = people
    make_offer(ana, ben, at=morning, action=make_action(ana, at=morning, title="Iron for room 118"))
    cot = make_offer(ana, ben, at=morning, action=make_action(ana, at=morning, title="Cot for 221"))
    moves.withdraw(item_id=cot.pk, by=ana, reason="Done after all", at=morning)
    client.force_login(ben)

    page = text_of(client.get("/notifications/"))

    needs, _, good = page.partition("Good to know")
    assert "Ana Osei handed you: Iron for room 118" in needs
    assert "Ana Osei withdrew: Cot for 221" in good
    assert cot.handover.get_absolute_url() in good
    assert "2 new" in page


def test_a_read_notice_leaves_the_top_and_stays_readable(ben, people, morning):
    ana, person = people
    make_offer(ana, person, at=morning)
    notice = Notification.objects.get(recipient=person)

    assert ben.post(f"/notifications/{notice.pk}/read/").status_code == 302
    assert fresh(notice).read_at == timezone.now()

    page = text_of(ben.get("/notifications/"))
    assert "Nothing needs you now" in page
    assert notice.title in page.partition("Earlier")[2]


def test_marking_as_read_leaves_what_needs_somebody(ben, people, morning):
    ana, person = people
    item = make_offer(ana, person, at=morning)
    moves.withdraw(item_id=item.pk, by=ana, reason="Done after all", at=morning)
    make_offer(ana, person, at=morning)
    ben.post("/notifications/read/")
    assert set(Notification.objects.standing(morning).filter(recipient=person).values_list("kind", flat=True)) == {Kind.OFFERED}


@pytest.mark.parametrize(("until", "after"), [("10_min", 10), ("1_h", 60), ("next_shift", 480)])
def test_a_notice_put_off_comes_back(ben, people, morning, until, after):
    ana, person = people
    make_offer(ana, person, at=morning)
    notice = Notification.objects.get(recipient=person)
    ben.post(f"/notifications/{notice.pk}/snooze/", {"until": until})
    assert fresh(notice).snoozed_until == morning + minutes(after)
    standing = Notification.objects.filter(recipient=person)
    assert not standing.standing(morning + minutes(after - 1)).exists()
    assert standing.standing(morning + minutes(after)).exists()


def test_what_was_settled_cannot_be_put_off(ben, people, morning):
    ana, person = people
    item = make_offer(ana, person, at=morning)
    notice = Notification.objects.get(recipient=person)
    notifications.settle(item, at=morning)
    assert ben.post(f"/notifications/{notice.pk}/snooze/", {"until": "1_h"}).status_code == 409


def test_nobody_reads_marks_or_puts_off_another_persons_notice(client, people, morning):
    ana, ben = people
    make_offer(ana, ben, at=morning)
    notice = Notification.objects.get(recipient=ben)
    client.force_login(ana)
    assert notice.title not in text_of(client.get("/notifications/"))
    assert client.post(f"/notifications/{notice.pk}/read/").status_code == 404
    assert client.post(f"/notifications/{notice.pk}/snooze/", {"until": "1_h"}).status_code == 404


def test_older_notices_continue_where_the_page_ended(ben, people, morning):
    _, person = people
    Notification.objects.bulk_create(
        Notification(
            recipient=person, kind=Kind.ADDED, subject_type="action", subject_id=1, title=f"Notice {n:02}", path="/", at=morning - minutes(n), read_at=morning
        )
        for n in range(30)
    )
    first = ben.get("/notifications/")
    assert "Notice 24" in text_of(first)
    assert "Notice 25" not in text_of(first)
    rest = text_of(ben.get("/notifications/", {"cursor": first.context["next_cursor"]}))
    assert "Notice 25" in rest
    assert "Notice 29" in rest
    assert "Needs you" not in rest


def test_the_page_asks_the_same_number_of_questions_for_a_hundred_notices(ben, people, morning, django_assert_max_num_queries):
    ana, person = people
    action = make_action(ana, at=morning)
    Notification.objects.bulk_create(
        Notification(
            recipient=person, kind=Kind.PROMISE, subject_type="action", subject_id=n, action=action, title="Promise", path="/", needs_you=True, at=morning
        )
        for n in range(120)
    )
    with django_assert_max_num_queries(12):
        page = ben.get("/notifications/")
    assert "99+ new" in text_of(page)


def test_choices_are_kept_and_nobody_accepted_cannot_be_turned_off(ben, people):
    _, person = people
    assert ben.get("/settings/reminders/").status_code == 200

    # When Ben turns everything off but e-mail itself
    assert ben.post("/settings/reminders/", {"email_notices": "on"}).status_code == 302

    # Then all is off but that nobody accepted
    kept = Preference.objects.get(user=person)
    assert kept.email_notices
    assert set(kept.reminders) == set(BY_EMAIL) - ALWAYS_BY_EMAIL - ON_REQUEST - {Kind.DIGEST}
    page = text_of(ben.get("/settings/reminders/"))
    assert page.count("checked") == 3  # on screen, e-mail, and that nobody accepted

    ben.post("/settings/reminders/", {"email_notices": "on", **{group.name: "on" for group in GROUPS}})
    kept.refresh_from_db()
    assert kept.reminders == {kind: ["email"] for kind in ON_REQUEST}


def test_a_refused_address_is_said_where_it_can_be_seen(ben, people, morning):
    ana, person = people
    make_offer(ana, person, at=morning)
    refused = {"state": DeliveryState.FAILED, "trouble": "550 No such mailbox"}
    notice = Notification.objects.get(recipient=person)
    Delivery.objects.create(notification=notice, address=person.email, message_id="<1@x>", next_at=morning, **refused)
    assert "550 No such mailbox" in text_of(ben.get("/settings/reminders/"))
