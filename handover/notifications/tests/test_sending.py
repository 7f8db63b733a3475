"""Messages outside the product: whose, in which words, at least once and never behind somebody's back."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from accounts.models import Preference
from handover import moves
from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.due.operations import Owed
from handover.moves import by_rule
from handover.notifications import operations as notifications
from handover.notifications import preparing, sending, wording
from handover.notifications.models import Delivery, DeliveryState, Kind, Notification
from handover.notifications.tasks import send
from tests.stories import FOUR_PM, fresh, make_action, make_colleague, make_offer, make_team, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(database_clock):
    database_clock(FOUR_PM)
    desk = make_team()
    return make_colleague("Ana Osei", desk), make_colleague("Ben Byrne", desk)


@pytest.fixture
def offered(people):
    """Ana offered something to Ben, who gets a message about it."""
    ana, ben = people
    return make_offer(ana, ben)


def the_message() -> Delivery:
    return Delivery.objects.get()


def test_a_message_says_what_waits_and_nothing_about_the_customer(offered):
    assert send() == 1

    (message,) = mail.outbox
    assert message.to == ["ben.byrne@example.org"]
    assert message.subject == "You have an action to accept"
    assert message.body.startswith("Hello Ben,\n\nYou have an action to accept.\n\nhttp")
    assert f"/receive/{offered.ref}/" in message.body
    assert "Ellis" not in message.body + str(message.alternatives)
    assert f'href="http://127.0.0.1:8000/receive/{offered.ref}/"' in message.alternatives[0].content
    assert message.extra_headers["Message-ID"] == the_message().message_id
    assert the_message().state == DeliveryState.SENT
    assert send() == 0


def test_nobody_gets_what_they_turned_off_except_that_nobody_accepted(people):
    ana, ben = people
    Preference.objects.create(user=ben, reminders={Kind.OFFERED: [], Kind.NOT_ACCEPTED: []})
    make_offer(ana, ben, action=make_action(ana, urgency="urgent"))
    preparing.prepare()
    assert not Delivery.objects.exists()

    Notification.objects.update(kind=Kind.NOT_ACCEPTED, prepared_at=None)
    preparing.prepare()
    assert the_message().address == ben.email


def test_with_email_off_nothing_is_sent(people):
    ana, ben = people
    Preference.objects.create(user=ben, email_notices=False)
    make_offer(ana, ben)
    assert send() == 0
    assert not Notification.objects.filter(prepared_at__isnull=True).exists()


def test_what_is_good_to_know_stays_in_the_product(people):
    ana, ben = people
    item = make_offer(ana, ben)
    moves.accept(item_id=item.pk, by=ben, at=FOUR_PM)
    assert send() == 0


def test_a_change_of_ones_shifts_comes_by_e_mail_though_nobody_has_to_act(people):
    _, ben = people
    notifications.tell(Kind.ROSTERED, to=[ben.pk], about=ben, what="Night on Monday", at=FOUR_PM)
    assert send() == 1
    assert mail.outbox[0].subject == "You have a change to your shifts"
    assert "Night" not in mail.outbox[0].body


def test_what_was_settled_before_it_left_is_not_sent(people, offered):
    _, ben = people
    preparing.prepare()
    (claimed,) = sending.claim()
    moves.accept(item_id=offered.pk, by=ben, at=FOUR_PM)

    assert sending.deliver([claimed]) == 0
    assert the_message().state == DeliveryState.CANCELLED
    assert mail.outbox == []


def test_after_an_outage_a_person_gets_one_message_and_not_a_flood(people, database_clock):
    # Given twelve reminders that fell due while nothing ran, and one that falls due now
    ana, _ = people
    actions = [make_action(ana, title=f"Call {number}") for number in range(13)]
    Due.objects.all().delete()
    rows = [Owed(Rule.OWN_REMINDER, one, one.team_id, FOUR_PM + minutes(i), person_id=ana.pk) for i, one in enumerate(actions[:12])]
    due.owe(*rows, Owed(Rule.OWN_REMINDER, actions[12], actions[12].team_id, FOUR_PM + minutes(60), person_id=ana.pk), at=FOUR_PM)

    # When everything runs again an hour later
    database_clock(FOUR_PM + minutes(60))
    while by_rule.tell_due():
        pass
    send()

    # Then every one is in the product, once, and two messages arrived: one for the twelve, one for the new one
    assert Notification.objects.filter(kind=Kind.OWN_REMINDER).count() == 13
    assert sorted(message.subject for message in mail.outbox) == [wording.BY_EMAIL[Kind.OWN_REMINDER], wording.BY_EMAIL[Kind.DIGEST]]
    assert Notification.objects.get(kind=Kind.DIGEST).title == "While you could not be reached: 12 notices"
    assert send() == 0


class Answering(EmailBackend):
    """A mail server that answers as it is told."""

    error: Exception | None = None
    away = False

    def open(self):
        if self.away:
            raise ConnectionRefusedError("Connection refused")

    def send_messages(self, messages):
        if self.error:
            raise self.error
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Answering"
    monkeypatch.setattr(sending, "get_connection", lambda: Answering())
    yield lambda error: monkeypatch.setattr(Answering, "error", error)


def test_a_refusal_for_good_is_kept_and_not_tried_again(offered, server, database_clock):
    server(smtplib.SMTPRecipientsRefused({"ben.byrne@example.org": (550, b"No such mailbox")}))
    send()
    assert (the_message().state, the_message().trouble) == (DeliveryState.FAILED, "550 No such mailbox")
    database_clock(FOUR_PM + minutes(600))
    server(None)
    assert send() == 0


def test_a_refusal_for_now_is_tried_again_later_each_time_later(offered, server, database_clock):
    server(smtplib.SMTPDataError(451, b"Come back later"))
    send()
    assert (the_message().state, the_message().next_at) == (DeliveryState.PENDING, FOUR_PM + minutes(0.25))
    assert sending.claim() == []
    database_clock(FOUR_PM + minutes(0.25))
    send()
    assert the_message().next_at == FOUR_PM + minutes(0.75)
    server(None)
    database_clock(FOUR_PM + minutes(1))
    assert send() == 1
    assert the_message().resent_unknown == 0


def test_a_mail_server_that_is_away_is_tried_again_and_nothing_is_unknown(offered, server, database_clock, monkeypatch):
    monkeypatch.setattr(Answering, "away", True)
    assert send() == 0
    assert the_message().state == DeliveryState.PENDING
    assert the_message().trouble == "The mail server does not answer: Connection refused"

    monkeypatch.setattr(Answering, "away", False)
    database_clock(FOUR_PM + minutes(1))
    assert send() == 1
    assert the_message().resent_unknown == 0


def test_a_line_that_was_cut_is_sent_again_with_the_same_id_and_counted(offered, server, database_clock):
    server(smtplib.SMTPServerDisconnected("Connection unexpectedly closed"))
    send()
    first = the_message()
    assert first.state == DeliveryState.TRANSMITTING

    server(None)
    database_clock(FOUR_PM + minutes(1))
    assert send() == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == first.message_id
    assert the_message().resent_unknown == 1


def test_a_frozen_workers_late_word_does_not_count(offered, database_clock):
    """The lease fences: whoever let it run out may not write any more."""
    # Given a worker that froze with a message in its hands
    preparing.prepare()
    (frozen,) = sending.claim()
    assert sending.begin(frozen)

    # When its lease ran out and another worker claimed the message
    database_clock(FOUR_PM + minutes(1.5))
    (other,) = sending.claim()
    assert other.message_id == frozen.message_id

    # Then the first one's late words are refused
    assert not sending.begin(frozen)
    assert not sending.finish(frozen)
    sending.put_back(frozen, trouble="late")
    assert (the_message().state, the_message().lease_token) == (DeliveryState.CLAIMED, other.lease_token)
    assert sending.deliver([other]) == 1
    assert (the_message().state, the_message().resent_unknown) == (DeliveryState.SENT, 1)


def test_a_lease_that_is_nearly_over_is_not_begun(offered, database_clock):
    preparing.prepare()
    (claimed,) = sending.claim()
    database_clock(FOUR_PM + minutes(0.75))
    assert not sending.begin(claimed)


def test_one_person_is_told_once_and_not_of_what_they_did_themselves(people):
    ana, ben = people
    action = make_action(ana)
    Notification.objects.all().delete()
    notifications.tell(Kind.ADDED, to=[ben.pk, None, ben.pk, ana.pk], about=action, action=action, by=ana, at=FOUR_PM)
    (notice,) = Notification.objects.all()
    assert (notice.recipient, notice.title, notice.path) == (ben, f"Ana Osei added to what you took over: {action.title}", f"/actions/{action.ref}/")


def test_settling_leaves_what_is_about_something_else(people):
    ana, ben = people
    one, other = make_offer(ana, ben), make_offer(ana, ben)
    notifications.settle(one, at=FOUR_PM)
    assert [fresh(item).pk for item in (one, other)] == [one.pk, other.pk]
    assert Notification.objects.standing(FOUR_PM).filter(recipient=ben).values_list("subject_id", flat=True).get() == other.pk
