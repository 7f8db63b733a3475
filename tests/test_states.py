"""The life of each thing is one table: closed, reachable, drawn in the docs, and the only place that knows."""

import itertools

import pytest

from common.errors import InvalidTransition
from handover.actions import states as actions
from handover.agreements import states as versions
from handover.checks import states as checks
from handover.handovers import states as items
from handover.management.commands.draw_states import PLACE, draw
from handover.shifts import swap_states as swaps
from reviews.improvements import states as improvements
from tests.source import nothing, product

LIVES = {
    "action": (actions, ["held", "pool"]),
    "item": (items, ["offered"]),
    "check": (checks, ["set"]),
    "version": (versions, ["draft"]),
    "swap": (swaps, ["offered"]),
    "improvement": (improvements, ["proposed"]),
}
ENDS = {
    "action": set(),
    "item": {"withdrawn", "lapsed", "taken_back"},
    "check": {"answered", "cancelled"},
    "version": {"ended", "withdrawn", "refused"},
    "swap": {"made", "declined", "refused", "withdrawn", "lapsed"},
    "improvement": {"judged", "withdrawn"},
}


@pytest.mark.parametrize("name", LIVES)
def test_every_pair_of_states_is_allowed_or_refused_with_a_sentence(name):
    table, _ = LIVES[name]
    assert set(table.NEXT) == set(table.State)
    for now, then in itertools.product(table.State, table.State):
        if then in table.NEXT[now]:
            table.check_next(now.value, then)
        else:
            with pytest.raises(InvalidTransition, match=f"“{now.label}” cannot become “{then.label}”") as refusal:
                table.check_next(now.value, then)
            assert refusal.value.possible or now in (actions.State.HELD, actions.State.POOL)


@pytest.mark.parametrize("name", LIVES)
def test_every_state_can_be_reached_and_only_these_are_the_end(name):
    table, begins = LIVES[name]
    seen, ahead = set(), {table.State(state) for state in begins}
    while ahead:
        seen |= ahead
        ahead = set().union(*(table.NEXT[state] for state in ahead)) - seen
    assert seen == set(table.State)
    assert {state.value for state in table.State if not table.NEXT[state]} == ENDS[name]


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="nonsense"):
        items.check_next("nonsense", items.State.ACCEPTED)


def test_the_drawing_in_the_docs_is_up_to_date():
    assert PLACE.read_text(encoding="utf-8") == draw(), "draw it again: manage.py draw_states"


def test_nobody_writes_a_state_without_asking_the_table():
    """Operations alone assign ``.state``, and each of them asks the table first."""
    writers = [module for module in product() if ".state" in module.text and ".state =" in module.text.replace(".state ==", "") and "handover" in module.parts]
    nothing([module.name for module in writers if "check_next" not in module.text and module.parts[1] in {"actions", "handovers", "checks", "moves"}])
