"""Settings of the web server that are more than an argument."""

import gc

from gunicorn.arbiter import Arbiter


def when_ready(server: Arbiter) -> None:
    """What is loaded by now is never collected, so its memory stays shared with the processes to come."""
    gc.collect()
    gc.freeze()
