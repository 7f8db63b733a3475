"""Points at which a fault test makes this process die, sleep or fail. Nothing outside of tests: ``BATON_TESTING`` must be set.

``FAILPOINTS="deliver.transmitting=exit; deliver.sent=sleep:20; deliver.claimed=raise"``. ``exit@3``: at the third time.
"""

import os
import time
from collections import Counter

POINTS = (
    dict(part.strip().split("=", 1) for part in os.environ.get("FAILPOINTS", "").split(";") if "=" in part) if os.environ.get("BATON_TESTING") == "1" else {}
)
_times: Counter[str] = Counter()


class Failed(Exception):
    """The failpoint said ``raise``."""


def hit(name: str) -> None:
    if not POINTS or name not in POINTS:
        return
    _times[name] += 1
    what, _, when = POINTS[name].partition("@")
    if when and _times[name] != int(when):
        return
    if what == "exit":
        os._exit(9)
    elif what.startswith("sleep:"):
        time.sleep(float(what.removeprefix("sleep:")))
    else:
        raise Failed(name)
