"""What the database refuses of observations (tests/test_constraints.py)."""

from collections.abc import Callable

from accounts.models import Team, User
from handover.handovers.models import Item
from reviews.observing.models import Draw, Observation
from tests.breaking import change, twin
from tests.stories import FOUR_PM

YES = dict.fromkeys(("informed", "moment", "understood", "completion"), "yes")
BREAKS: dict[str, Callable[[], object]] = {
    "draw_once": twin(Draw),
    "observation_two_a_month": lambda: twin(Observation, item=Item.objects.filter(observation=None).first())(),
    "observation_at_most_two": change(Observation.objects, number=3),
    "observation_made_whole": change(Observation.objects, observed_at=FOUR_PM, informed="yes"),
    "observation_not_of_oneself": lambda: change(Observation.objects, observer=User.objects.get(display_name="Ana"), observed_at=FOUR_PM, **YES)(),
    "observation_set_aside_with_a_reason": change(Observation.objects, set_aside_at=FOUR_PM),
}


def make_observation_rows(by: User, team: Team) -> None:
    month = FOUR_PM.date().replace(day=1)
    draw = Draw.objects.create(team=team, since=month, until=month.replace(day=16), drawn_at=FOUR_PM)
    item = Item.objects.filter(giver=by).first()
    Observation.objects.create(team=team, draw=draw, item=item, colleague=by, month=month, number=1, drawn_at=FOUR_PM)
