"""What the rows of a case say about its life."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from handover.actions.states import State
from handover.imports.life import Life, life_of
from handover.imports.words import urgency_for

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Row(NamedTuple):
    at: datetime
    actor: str
    owner: str
    group: str
    service: str
    status: str
    priority: str


def life(*rows: tuple[str, str, str]) -> Life:
    """Of (owner, group, status), a minute apart."""
    return life_of("C1", [Row(NINE + timedelta(minutes=n), "Eve", owner, group, "Rooms", status, "2 - High") for n, (owner, group, status) in enumerate(rows)])


def minute(n: int) -> datetime:
    return NINE + timedelta(minutes=n)


def test_from_one_owner_to_another_is_a_passing_and_through_nobody_is_none():
    told = life(("", "Desk", "New"), ("Ana", "Desk", "Active"), ("Ben", "Shop", "Active"), ("", "Shop", "Active"), ("Ana", "Shop", "Active"))
    (passing,) = told.passings
    assert (passing.giver, passing.receiver, passing.from_group, passing.to_group, passing.at, passing.until) == (
        "Ana",
        "Ben",
        "Desk",
        "Shop",
        minute(2),
        minute(3),
    )
    assert (told.claims, told.to_pool, told.team_changes) == (2, 1, 1)
    assert (told.state, told.owner, told.held_since) == (State.HELD, "Ana", minute(4))


def test_without_an_owner_at_its_end_it_lies_in_the_pool():
    told = life(("Ana", "", "Active"), ("", "", "Active"))
    assert (told.state, told.owner, told.group, told.closed_at) == (State.POOL, "", "", None)


def test_it_was_over_when_the_last_run_of_rows_that_say_so_began():
    told = life(("Ana", "D", "Resolved"), ("Ana", "D", "Active"), ("Ana", "D", "Resolved"), ("Ben", "D", "Closed"))
    assert (told.state, told.closed_at) == (State.COMPLETED, minute(2))
    assert told.passings[0].until == minute(3)  # passed on after its end: never before it was received


def test_reopened_is_open_and_an_unknown_word_too():
    assert life(("Ana", "D", "Closed"), ("Ana", "D", "Active")).state == State.HELD
    assert life(("Ana", "D", "Closed"), ("Ana", "D", "-100")).state == State.HELD
    assert life(("", "D", "Canceled")).state == State.NOT_NEEDED


def test_who_held_it_in_which_group_since_when():
    told = life(("Ana", "Desk", "New"), ("Ana", "Shop", "New"), ("Ana", "Desk", "New"))
    assert told.holders == {("Desk", "Ana"): minute(0), ("Shop", "Ana"): minute(1)}


def test_urgency_goes_by_the_first_word_of_the_priority():
    assert [urgency_for(text) for text in ("1 - Critical", "2 - High", "3 - Moderate", "10", "", "High")] == [
        "urgent",
        "soon",
        "routine",
        "routine",
        "routine",
        "soon",
    ]
