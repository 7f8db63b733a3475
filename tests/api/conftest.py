"""Two teams that know nothing of each other, and who asks the API in them."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from tests.api.clients import make_integration, signed_in, with_token
from tests.stories import make_colleague, make_team


@pytest.fixture(autouse=True)
def no_rates_left_over():
    """Requests are counted in the cache, which tests share."""
    cache.clear()


@pytest.fixture
def desk(db) -> SimpleNamespace:
    """A front desk with Ana, Ben and its lead Lea, and a booking system; each with a client."""
    team = make_team("Front desk")
    ana, ben = make_colleague("Ana", team), make_colleague("Ben", team)
    lea = make_colleague("Lea", team, lead=True)
    booking = make_integration(team)
    return SimpleNamespace(
        team=team, ana=ana, ben=ben, lea=lea, booking=booking,
        as_ana=signed_in(ana), as_ben=signed_in(ben), as_lea=signed_in(lea), as_booking=with_token(booking),
    )  # fmt: skip


@pytest.fixture
def shop(db) -> SimpleNamespace:
    """Another team, with Sam."""
    team = make_team("Shop")
    sam = make_colleague("Sam", team)
    return SimpleNamespace(team=team, sam=sam, as_sam=signed_in(sam), till=make_integration(team, "Till"))
