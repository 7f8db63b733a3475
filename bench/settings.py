"""The product's settings as they are; only its limit on requests a minute is out of the way."""

from config.settings import *  # noqa: F403

API_RATES = dict.fromkeys(("anonymous", "principal", "costly"), 10**9)  # still counted, as always
