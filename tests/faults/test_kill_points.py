"""A worker dies, or freezes, at each point between claiming a message and having sent it. The mail server counts."""

import os
import signal
import subprocess
import sys
import time

import pytest

from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.due.operations import Owed
from handover.moves import by_rule
from handover.notifications.models import Delivery, DeliveryState, Notification
from handover.notifications.tasks import send
from tests.faults.sink import Sink
from tests.fixtures.processes import ROOT, environment
from tests.stories import FOUR_PM, make_action, make_colleague, make_team, minutes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
WORK = "import django; django.setup(); from handover.notifications.tasks import send; send()"


@pytest.fixture
def sink():
    counting = Sink(seed=1)
    counting.start()
    yield counting
    counting.stop()


@pytest.fixture
def reminder(database_clock, settings, sink):
    """Ana's reminder fell due; the message about it waits."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    database_clock(FOUR_PM)
    ana = make_colleague("Ana", make_team())
    action = make_action(ana)
    Due.objects.all().delete()
    due.owe(Owed(Rule.OWN_REMINDER, action, action.team_id, FOUR_PM, person_id=ana.pk), at=FOUR_PM)
    by_rule.tell_due()
    return Notification.objects.get()


def a_worker(sink: Sink, failpoints: str) -> subprocess.Popen[bytes]:
    """Another process that sends what waits."""
    told = environment(FAILPOINTS=failpoints, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}", DJANGO_SETTINGS_MODULE="config.settings")
    return subprocess.Popen([sys.executable, "-c", WORK], env=told, cwd=ROOT)


@pytest.mark.parametrize(
    ("point", "copies", "resent"),
    [("deliver.claimed", 1, 0), ("deliver.transmitting", 1, 1), ("deliver.sent", 2, 1)],
)
def test_whatever_a_dying_worker_left_arrives_with_one_message_id(reminder, sink, database_clock, point, copies, resent):
    # Given a worker that dies at this point
    assert a_worker(sink, f"{point}=exit").wait(30) == 9

    # When its lease is not over, nobody touches the message; when it is, another worker sends it
    assert send() == 0
    database_clock(FOUR_PM + minutes(1.1))
    assert send() == 1

    # Then it arrived, a second copy only where nobody could know, and always as the same message
    assert sum(sink.copies.values()) == copies
    assert list(sink.copies) == [Delivery.objects.get().message_id]
    assert Delivery.objects.get().resent_unknown == resent
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_a_worker_that_was_frozen_cannot_write_any_more(reminder, sink, database_clock):
    # Given a worker that is stopped while its message is on its way
    worker = a_worker(sink, "deliver.transmitting=sleep:3")
    wait_for(lambda: Delivery.objects.filter(state=DeliveryState.TRANSMITTING).exists())
    os.kill(worker.pid, signal.SIGSTOP)

    # When another one took over, and the first wakes up
    database_clock(FOUR_PM + minutes(1.1))
    assert send() == 1
    sent_at = Delivery.objects.get().sent_at
    database_clock(FOUR_PM + minutes(5))
    os.kill(worker.pid, signal.SIGCONT)
    assert worker.wait(30) == 0

    # Then its late word did not count
    assert Delivery.objects.get().sent_at == sent_at == FOUR_PM + minutes(1.1)
    assert sink.copies == {Delivery.objects.get().message_id: 2}


def wait_for(question) -> None:
    until = time.monotonic() + 30
    while not question():
        assert time.monotonic() < until
        time.sleep(0.05)
