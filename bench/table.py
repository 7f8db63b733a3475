"""What a run prints."""

from statistics import median

PEERS = {  # docs/performance.md, "Measured": application + PostgreSQL, ms of CPU; (least, most)
    "P1": {"plain DRF": (4.7, 5.6), "Healthchecks 4": (6.1, 6.5), "django-helpdesk 2.6": (20.2, 21.2)},
    "P2": {"plain DRF": (8.9, 8.9), "Healthchecks 4": (12.7, 12.7), "django-helpdesk 2.6": (205.0, 995.0)},
    "P3": {"plain Django": (12.5, 12.5), "Healthchecks 4": (36.0, 38.0), "django-helpdesk 2.6": (51.0, 51.0)},
}


def say(text: str = "") -> None:
    print(text, flush=True)


def heading(row: str, text: str) -> None:
    say(f"\n{row}  {text}")


def verdict(name: str, value: float, most: float, unit: str = "", digits: int = 2) -> bool:
    """One line: what was asked, what was found, whether that is enough."""
    met = value <= most
    say(f"    {'met   ' if met else 'MISSED'}  {name}: {value:.{digits}f}{unit} (at most {most:g}{unit})")
    return met


def at_least(name: str, value: float, least: float, unit: str = "") -> bool:
    met = value >= least
    say(f"    {'met   ' if met else 'MISSED'}  {name}: {value:,.0f}{unit} (at least {least:,.0f}{unit})")
    return met


def peers(row: str, floor_ms: float) -> dict[str, float]:
    """The page's figures for others, marked as such, and what they would be on this machine: the floor's ratio is the yardstick."""
    told = PEERS[row]
    scale = floor_ms / median(next(iter(told.values())))
    for name, (least, most) in told.items():
        figure = f"{least:g}" if least == most else f"{least:g} to {most:g}"
        say(f"    page    {name}: {figure} ms, measured elsewhere; by this run's floor about {median((least, most)) * scale:.1f} ms")
    return {name: median(span) * scale for name, span in told.items()}
