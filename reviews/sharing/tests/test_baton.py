"""Baton's own work is counted from the trail, one row per move."""

import csv
from io import StringIO

import pytest

from handover import moves
from reviews.sharing.queries import Lens, sequences
from tests.oracle import bring_in, log, run
from tests.stories import FOUR_PM, make_accepted, make_action, make_colleague, make_offer, make_team, minutes

pytestmark = pytest.mark.django_db


def seen(lens: Lens, **how: bool) -> list[list[str]]:
    return list(sequences("baton", lens, **how))


def test_an_accepted_offer_is_a_handover_and_a_declined_one_is_none():
    desk = make_team()
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk)
    make_accepted(ana, ben)
    declined = make_offer(ana, ben)
    moves.decline(item_id=declined.pk, by=ben, at=FOUR_PM + minutes(2), reason="I leave in five minutes.")
    assert seen(Lens.OWNER) == [["Ana", "Ana", "Ben"], ["Ana", "Ana", "Ana"]]
    assert seen(Lens.ACTOR) == [["Ana", "Ana", "Ben"], ["Ana", "Ana", "Ben"]]
    assert seen(Lens.GROUP) == [["Front desk"] * 3] * 2


def test_a_claim_and_a_reassignment_to_the_pool_show_nobody():
    desk = make_team()
    ana, ben = make_colleague("Ana", desk), make_colleague("Ben", desk, lead=True)
    action = make_action(ana, pool=True)
    moves.claim(action_id=action.pk, by=ana, at=FOUR_PM + minutes(1))
    moves.reassign(action_id=action.pk, by=ben, to=None, reason="Ana went home.", at=FOUR_PM + minutes(2))
    moves.claim(action_id=action.pk, by=ben, at=FOUR_PM + minutes(3))
    assert seen(Lens.OWNER) == [["", "Ana", "", "Ben"]]
    rows = list(csv.reader(StringIO(run("sharing", "--source", "baton", "--lens", "owner", "--rule", "skip-nobody"))))
    assert rows == [["from", "to", "count"], ["Ana", "Ben", "1"]]


def test_two_colleagues_of_one_name_are_two():
    desk = make_team()
    one, other = make_colleague("Ana", desk), make_colleague("Ana B", desk)
    other.display_name = "Ana"
    other.save(update_fields=["display_name"])
    make_accepted(one, other)
    assert seen(Lens.OWNER) == [[f"Ana ({one.pk})", f"Ana ({one.pk})", f"Ana ({other.pk})"]]


def test_an_imported_history_is_no_work_of_baton():
    bring_in(log("toy"), "LOG")
    assert seen(Lens.OWNER) == []
