"""The fault campaign, small enough for every change: see tests/faults/campaign.py, and script/faults for larger ones."""

import re
import subprocess
import sys

import pytest

from tests.fixtures.processes import ROOT

pytestmark = [pytest.mark.faults, pytest.mark.slow]


def test_nothing_is_lost_and_nothing_doubled_while_everything_is_killed():
    """500 reminders, 30 ``kill -9``, the broker and the database restarted once each, two beats; counted by the mail server."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.campaign", "--rows", "500", "--kills", "30", "--seed", "7"], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    print(ran.stdout, ran.stderr[-3000:])
    last = ran.stdout.strip().splitlines()[-1]
    found = dict(re.findall(r"(\w+)=([\d.]+)", last))
    assert ran.returncode == 0
    assert (found["lost"], found["doubled"], found["kills"], found["restarts"]) == ("0", "0", "30", "2")
    assert int(found["emails_doubled"]) <= int(found["resent_unknown"])
