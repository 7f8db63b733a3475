import pytest

from accounts.models import Integration, User
from tests.stories import FOUR_PM, hours, make_colleague, make_shift, make_team


@pytest.fixture
def desk(db):
    """A team without a rota."""
    return make_team("Desk")


@pytest.fixture
def people(desk):
    """Ana gives, Ben receives, Cem is there too, Lea leads."""
    return make_colleague("Ana", desk), make_colleague("Ben", desk), make_colleague("Cem", desk), make_colleague("Lea", desk, lead=True)


@pytest.fixture
def bot(desk):
    """The desk's integration."""
    user = User.objects.create(kind="integration", display_name="Bot")
    Integration.objects.create(team=desk, user=user, name="Bot")
    return user


@pytest.fixture
def late(desk, people):
    """Ana is on Late until six."""
    return make_shift(desk, "Late", FOUR_PM - hours(6), FOUR_PM + hours(2), people[0])


@pytest.fixture
def night(desk, people, late):
    """Ben and Cem are on Night from six until two."""
    return make_shift(desk, "Night", FOUR_PM + hours(2), FOUR_PM + hours(10), people[1], people[2])
