"""Random sequences of moves by random colleagues never break an invariant of the domain, on real PostgreSQL.

``BATON_EXAMPLES=2000 BATON_SEED=7 pytest …`` looks further, elsewhere; without a seed every run is the same.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from handover import moves
from handover.moves.tests.random_life import TALLY, TwoTeams

EVERY_MOVE = set(moves.__all__) - {"Entry", "NowWhat", "tell_absence"}
EXAMPLES = int(os.environ.get("BATON_EXAMPLES", "35"))
SEED = os.environ.get("BATON_SEED")


@pytest.mark.slow
def test_no_sequence_of_moves_breaks_an_invariant(db):
    TwoTeams.settle_down()
    machine = seed(int(SEED))(TwoTeams) if SEED else TwoTeams
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=40,
            deadline=None,
            derandomize=not SEED,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink] if not SEED else [Phase.generate],
        ),
    )
    made = {move for move, answer in TALLY if answer == "made"}
    assert EXAMPLES < 100 or not EVERY_MOVE - made, f"never made: {EVERY_MOVE - made}"
