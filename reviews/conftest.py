"""A team of three for the stories of looking back."""

import pytest

from tests.stories import make_colleague, make_team


@pytest.fixture
def desk():
    return make_team("Harbour Hotel, front desk")


@pytest.fixture
def people(desk):
    """Two colleagues, and the lead."""
    return make_colleague("Amara Osei", desk), make_colleague("Tom Reid", desk), make_colleague("Leila Haddad", desk, lead=True)
