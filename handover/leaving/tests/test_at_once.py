"""Leaving while colleagues hand things over: real threads, real transactions. Nobody who has left holds anything, and nothing is lost."""

from functools import partial

import pytest

from accounts.models import Membership
from common.errors import Refusal
from handover import moves
from handover.actions.models import Action
from handover.handovers.models import Item
from handover.leaving import operations as leaving
from handover.moves.invariants import broken
from handover.moves.tests.racing import at_once
from tests.stories import FOUR_PM, brief, fresh, hours, make_action, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]
SOON = FOUR_PM + minutes(5)


@pytest.mark.parametrize("what", ["accept", "accept from a shift", "claim", "offer to them", "their own offer accepted", "reassign to them"])
def test_leaving_and_a_move_at_the_same_moment_end_in_one_outcome(what):
    for turn in range(4):
        desk = make_team(f"Desk {turn}")
        ana, ben, lea = make_colleague(f"Ana {turn}", desk), make_colleague(f"Ben {turn}", desk), make_colleague(f"Lea {turn}", desk, lead=True)
        left, move = partial(leave, ana, lea), prepare(what, desk, ana, ben, lea)
        for outcome in at_once(left, move):
            assert not isinstance(outcome, Exception) or isinstance(outcome, Refusal), outcome
        assert Membership.objects.get(user=ana).ended_at == SOON
        assert not Action.objects.held_by(ana).exists()
        assert not Item.objects.watched_by(ana).exists()
        assert not Item.objects.on_offer().filter(receiver=ana).exists()
    assert broken() == []


def leave(ana, lea):
    return leaving.leave(membership_id=Membership.objects.get(user=ana).pk, by=fresh(lea), at=SOON)


def prepare(what, desk, ana, ben, lea):
    if what == "accept":
        return partial(moves.accept, item_id=make_offer(ben, ana).pk, by=fresh(ana), at=SOON)
    if what == "accept from a shift":
        shift = make_shift(desk, "Late", FOUR_PM - hours(1), FOUR_PM + hours(7), ana)
        made = moves.offer(entries=[brief(make_action(ben))], by=ben, to_shift_id=shift.pk, at=FOUR_PM, when="in_shift")
        return partial(moves.accept, item_id=made.items.get().pk, by=fresh(ana), at=SOON)
    if what == "claim":
        return partial(moves.claim, action_id=make_action(ben, pool=True).pk, by=fresh(ana), at=SOON)
    if what == "offer to them":
        return partial(moves.offer, entries=[brief(make_action(ben))], by=fresh(ben), to=fresh(ana), at=SOON)
    if what == "their own offer accepted":
        return partial(moves.accept, item_id=make_offer(ana, ben).pk, by=fresh(ben), at=SOON)
    return partial(moves.reassign, action_id=make_action(ben).pk, by=fresh(lea), to=fresh(ana), reason="She can", at=SOON)
