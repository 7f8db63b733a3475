"""Every page and API route × everybody who may ask, with real ids of a team that is not theirs. An unlisted route fails.

``BATON_ACCESS_SHOW=1 pytest -s tests/test_access.py`` prints what the table would say, to be read before it is believed.
"""

import logging
import os

import pytest
from django.core.cache import cache

from tests.access_rows import ROWS
from tests.access_world import SECRET, WHO, Route, World, routes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
STRANGERS = {"anonymous", "other member", "other lead", "deactivated", "bot without scope", "other bot"}


@pytest.fixture
def world():
    cache.clear()
    logging.getLogger("django.request").setLevel(logging.ERROR)
    yield World()
    logging.getLogger("django.request").setLevel(logging.NOTSET)


def asked(area: str) -> list[Route]:
    """The routes of one area; the three together are all."""
    of = {"api": is_api, "reading": lambda route: not is_api(route) and route.method == "GET"}
    of["writing"] = lambda route: not is_api(route) and route.method != "GET"
    return [route for route in routes() if of[area](route)]


def is_api(route: Route) -> bool:
    return route.name.startswith("/api/")


@pytest.mark.parametrize("area", ["api", "reading", "writing"])
def test_every_route_answers_everybody_as_listed(world, area):
    wrong, leaks = [], []
    for route in asked(area):
        expected = ROWS.get(str(route))
        if expected is None and world.ask("administrator", route)[0] == "5":
            continue  # this address does not know this method
        found = ""
        for who in WHO:
            if area != "api" and who in ("bot without scope", "other bot"):
                found += found[-1]  # a page does not read tokens: what one integration gets they all get
                continue
            said, response, rows = world.ask(who, route)
            found += said
            if who in STRANGERS and SECRET in response.content.decode("utf-8", "replace"):
                leaks.append(f"{route} shows {who} what is not theirs")
            if rows and said in "i1345!":
                leaks.append(f"{route} was refused to {who} and changed {rows} rows")
        if os.environ.get("BATON_ACCESS_SHOW"):
            print(f'    "{route}": "{found}",')
        if found != expected:
            wrong.append(f"{route}: {found}, listed: {expected}")
    assert not wrong, "\n".join(wrong)
    assert not leaks, "\n".join(leaks)


def test_the_table_lists_only_what_is_there():
    assert set(ROWS) - {str(route) for route in routes()} == set()


def test_whatever_names_a_thing_is_not_found_by_other_teams():
    """The table itself: a stranger gets 404 (or is asked to sign in) wherever an address holds an id."""
    named = {row: said for row, said in ROWS.items() if "<ref>" in row or "<pk>" in row or "<point>" in row}
    columns = [WHO.index(who) for who in ("other member", "other lead", "other bot")]
    wrong = [row for row, said in named.items() if any(said[column] not in "4i" for column in columns)]
    assert wrong == []
