"""What Amara has typed so far for the end of her shift, and has not sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from demo.stories.hotel import ELLIS, HELD, TAXI, TRAY
from demo.story import Act
from handover.actions.models import Action
from handover.handovers import drafts
from handover.handovers.completeness import answer_name
from handover.handovers.queries import field_name

WRITER, RECEIVER = "amara", "tom"
PICKED = (ELLIS, TAXI, TRAY)
SAVED = timedelta(minutes=2)


def save(acts: Iterable[Act], *, now: datetime) -> None:
    """Her draft of the form “Hand over”: three briefs complete, two with details missing."""
    held = [act for act in acts if act.story in HELD]
    fields: dict[str, str] = {}
    refs = dict(Action.objects.filter(pk__in=[act.action_id for act in held]).values_list("pk", "ref"))
    for act in held:
        action = Action(pk=act.action_id, ref=refs[act.action_id])
        brief = act.story.brief
        texts = {**brief.parts(), "promise": act.story.promise}
        texts |= {answer_name(pk): text for pk, text in brief.answers_to(act.version(during=False), act.story.urgency).items()}
        fields |= {field_name(action, name): text for name, text in texts.items()}
    fields["actions"] = ",".join(refs[act.action_id] for act in held if act.story in PICKED)
    fields["receiver"] = f"user-{held[0].person(RECEIVER).pk}"
    writer = held[0].person(WRITER)
    drafts.save(writer=writer, team_id=held[0].team.pk, form=drafts.HAND_OVER, fields=fields, version=None, at=now - SAVED)
