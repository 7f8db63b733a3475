"""Bank holidays of a country and its regions, as the ``holidays`` library keeps them. No database."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays

LANGUAGES = ("en_GB", "en_US")


@lru_cache(maxsize=256)
def named(country: str, region: str, year: int) -> dict[date, str]:
    """Days and their names: in English where the library has them, else in a language of the country. Empty for an unknown place."""
    if not is_known(country, region):
        return {}
    spoken = holidays.list_localized_countries().get(country, [])
    language = next((one for one in LANGUAGES if one in spoken), None)
    return dict(holidays.country_holidays(country, subdiv=region or None, years=year, language=language))


def between(country: str, region: str, first: date, last: date) -> dict[date, str]:
    """Those from ``first`` to ``last``, both included."""
    found = [(day, name) for year in range(first.year, last.year + 1) for day, name in named(country, region, year).items()]
    return {day: name for day, name in sorted(found) if first <= day <= last}


@lru_cache(maxsize=1)
def places() -> dict[str, list[str]]:
    """Country codes of two letters, each with the codes of its regions."""
    return {code: sorted(regions) for code, regions in sorted(holidays.list_supported_countries(include_aliases=False).items()) if len(code) == 2}


def is_known(country: str, region: str) -> bool:
    return country in places() and (not region or region in places()[country])
