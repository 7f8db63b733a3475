"""A long way of the trail is counted in steps, and what is interrupted goes on where it was."""

import pytest

from audit import operations as audit
from reviews.sharing import rollups
from reviews.sharing.models import HandoverFact, RollupState, SharingDay
from tests.stories import FOUR_PM, hours, make_accepted, make_colleague, make_team, minutes

pytestmark = pytest.mark.django_db(transaction=True)
LATER = FOUR_PM + hours(40)


@pytest.fixture
def trail():
    """Nine handovers, all sealed, of which nothing is counted yet."""
    team = make_team()
    ana, ben = make_colleague("Ana", team), make_colleague("Ben", team)
    for number in range(9):
        make_accepted(ana, ben, at=FOUR_PM + minutes(number))
    while audit.seal():
        pass


def counts() -> list[tuple]:
    return [*HandoverFact.objects.order_by("pk").values_list("pk", "minutes", "unsettled"), *SharingDay.objects.values_list("n_in_time", "d_given")]


def test_steps_come_to_what_one_count_of_all_comes_to(trail, monkeypatch):
    monkeypatch.setattr(rollups, "EVENTS", 4)
    rollups.refresh(at=LATER)
    step_by_step = counts()
    assert RollupState.objects.get().position > 4 * 4
    rollups.rebuild(at=LATER)
    assert counts() == step_by_step
    assert HandoverFact.objects.count() == 9


def test_what_is_interrupted_goes_on_where_it_was(trail, monkeypatch):
    monkeypatch.setattr(rollups, "EVENTS", 4)
    recount, done = rollups.recount, []

    def interrupted(days):
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(days)
        recount(days)

    monkeypatch.setattr(rollups, "recount", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rollups.refresh(at=LATER)
    assert RollupState.objects.get().position == 3 * 4
    monkeypatch.setattr(rollups, "recount", recount)
    rollups.refresh(at=LATER)
    assert HandoverFact.objects.count() == 9
