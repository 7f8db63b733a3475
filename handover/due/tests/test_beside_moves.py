"""Rules fire while colleagues move the same actions: nobody waits for each other in a circle, and nothing breaks."""

import random
import threading

import pytest
from django.db import connection

from common.errors import Refusal
from handover import moves
from handover.actions.models import Action
from handover.checks.models import Check
from handover.due.models import Due
from handover.handovers.models import Item
from handover.moves import by_rule
from handover.notifications import operations as notifications
from handover.notifications import preparing
from tests.stories import FOUR_PM, hours, make_action, make_colleague, make_offer, make_team

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data, pytest.mark.slow]
ROUNDS = 8


def busy_colleague(me, crew, desk, seed):
    """Offers, and what is offered is accepted and answered, as fast as they can."""

    def work() -> None:
        dice = random.Random(seed)
        for _ in range(ROUNDS):
            other = dice.choice([one for one in crew if one != me])
            try:
                item = make_offer(me, other, action=make_action(me, urgency="urgent", team=desk))
                moves.accept(item_id=item.pk, by=other, at=FOUR_PM)
                check = Check.objects.get(item=item)
                moves.answer(check_id=check.pk, by=other, outcome="completed", words="Done.", at=FOUR_PM)
            except Refusal:  # a rule was faster: it lapsed
                continue
            finally:
                notifications.read(by=me, at=FOUR_PM)

    return work


def side_by_side(*jobs) -> list[BaseException]:
    """Run each job in a thread and on a connection of its own; what went wrong in them."""
    wrong: list[BaseException] = []

    def run(job) -> None:
        try:
            job()
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


def test_rules_and_colleagues_at_once(database_clock):
    # Given that everything is due as soon as it is owed, and four colleagues who offer, accept and answer as fast as they can
    database_clock(FOUR_PM + hours(30))
    desk = make_team()
    crew = [make_colleague(name, desk) for name in ("Ana", "Ben", "Cem", "Dev")]
    make_colleague("Leila", desk, lead=True)
    over = threading.Event()

    def engine() -> None:
        while not over.is_set():
            by_rule.tell_due(limit=20)
            by_rule.move_due()
            preparing.prepare()

    # When two engines fire meanwhile
    workers = [threading.Thread(target=lambda: stopped.extend(side_by_side(engine, engine)))]
    stopped: list[BaseException] = []
    workers[0].start()
    wrong = side_by_side(*(busy_colleague(one, crew, desk, seed) for seed, one in enumerate(crew)))
    over.set()
    workers[0].join(60)

    # Then nobody ran into anybody, and no row is in trouble
    assert wrong == []
    assert stopped == []
    assert list(Due.objects.exclude(trouble="").values_list("rule", "trouble")) == []
    assert Action.objects.count() == 4 * ROUNDS
    assert Item.objects.exclude(state__in=["ended", "lapsed", "accepted"]).count() == 0
