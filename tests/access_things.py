"""More things of the Desk team in the access matrix: each function makes what one concept names in its addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from audit.models import Event
from handover.catalog.models import Service
from handover.policies import operations as policies
from handover.shifts import absence_operations, feed_operations
from handover.shifts import swap_operations as swaps
from handover.shifts.models import ShiftPattern
from handover.shifts.pattern_models import PatternException
from reviews.evidence import operations as evidence
from reviews.improvements import operations as improvements
from reviews.observing import operations as observing
from reviews.observing.models import Draw, Observation
from reviews.observing.points import NAMES
from reviews.reviewing import due_operations as due_reviews
from reviews.reviewing import opening_operations as opening
from reviews.reviewing import operations as reviewing
from reviews.reviewing.models import Participant, ReviewCycle
from reviews.sharing.definitions import Figures
from reviews.sharing.models import SourceTotals
from reviews.suggestions import operations as suggestions
from tests.stories import make_accepted, make_action, make_shift

if TYPE_CHECKING:
    from tests.access_world import World


def a_suggestion(world: World, at: datetime, words: str) -> dict[str, dict[str, Any]]:
    return {"suggestions": {"ref": suggestions.suggest(team=world.desk, by=world.people["member"], at=at, words=words).ref}}


def a_policy(world: World, at: datetime, words: str) -> dict[str, dict[str, Any]]:
    by, service = world.people["administrator"], Service.objects.get(team=world.desk)
    about = policies.About(kind="code", title=words, kept_by=words, services=[service.pk], hints={"customer": words})
    policy = policies.add(by=by, at=at, about=about, wording=policies.Wording(body=words, in_force_from=at.date()))
    policies.publish(policy=policy, by=by, at=at)
    return {"policies": {"ref": policy.ref}, "procedures": {"pk": world.desk.pk}}


def an_exception(world: World, at: datetime, words: str) -> dict[str, dict[str, Any]]:
    pattern = ShiftPattern.objects.get(team=world.desk)
    made = PatternException.objects.create(pattern=pattern, first_day=at.date(), last_day=at.date(), why=words)
    return {"rota/exceptions": {"pk": made.pk}, "shift-patterns": {"pk": pattern.pk}}


def an_absence(world: World, at: datetime, words: str) -> dict[str, dict[str, Any]]:
    """Of Ana, a swap that she offers to Ben, and a calendar address of the member."""
    ana, ben = (world.desk.memberships.get(user__display_name=name).user for name in ("Ana", "Ben"))
    later = at + timedelta(days=40)
    shift = make_shift(world.desk, words, later, later + timedelta(hours=8), ana)
    swap = swaps.offer_swap(shift=shift, to=ben, by=ana, at=at, words=words)
    absence, _ = absence_operations.be_away(team=world.desk, colleague=ana, by=ana, at=at, starts_at=at + timedelta(days=60), reason=words)
    feed, _ = feed_operations.make_feed(by=world.people["member"], at=at)
    return {
        "absences": {"ref": absence.ref},
        "rota/absences": {"ref": absence.ref},
        "swaps": {"ref": swap.ref},
        "rota/swaps": {"ref": swap.ref},
        "settings/feeds": {"pk": feed.pk},
        "feeds": {"secret": "wrong-secret"},
    }


def sharing_figures(world: World, at: datetime, words: str) -> dict[str, dict[str, Any]]:
    SourceTotals.objects.create(source="log", lens="owner", without=False, totals=Figures().as_dict(), counted_at=at)
    return {"sharing/sources": {"source": "log"}, "sharing/tables": {"name": "figures"}}


def an_observation(world: World, at: datetime, words: str) -> dict[str, dict[str, Any]]:
    """Of a handover that the member gave, observed by the lead."""
    member, ben = world.people["member"], world.desk.memberships.get(user__display_name="Ben").user
    item = make_accepted(member, ben, at=at, action=make_action(member, team=world.desk, at=at, title=words))
    month = at.date().replace(day=1)
    draw = Draw.objects.create(team=world.desk, since=month, until=month.replace(day=16), drawn_at=at)
    made = Observation.objects.create(team=world.desk, draw=draw, item=item, colleague=member, month=month, number=1, drawn_at=at)
    observing.observe(observation_id=made.pk, by=world.people["lead"], at=at, saw=dict.fromkeys(NAMES, "yes"), words=words)
    return {"observations": {"ref": made.ref}}


def evidence_of_the_member(world: World, at: datetime, words: str) -> dict[str, dict[str, Any]]:
    """Turned on, with a link for an assessor and a record that its owner may pick."""
    by = world.people["member"]
    evidence.turn_on(by=by, at=at, standard="A", since=at.date())
    evidence.write(by=by, at=at, criterion="A-P10", words=words)
    link, _ = evidence.make_link(by=by, at=at, zone=world.desk.tz, name=words, days=7)
    mine = Event.objects.filter(kind="suggestion.made", actor_id=by.pk).values_list("pk", flat=True).first()
    return {"evidence": {"criterion": "A-P9", "event": mine}, "evidence/links": {"pk": link.pk}, "evidence/for": {"secret": "wrong-secret"}}


def a_place(world: World, at: datetime, words: str) -> dict[str, dict[str, Any]]:
    """Ana's, in the team."""
    return {"memberships": {"pk": world.desk.memberships.get(user__display_name="Ana").pk}}


def an_improvement(world: World, at: datetime, words: str) -> dict[str, dict[str, Any]]:
    """Proposed by the member, who owns it, and not agreed yet by the lead."""
    member, lead = world.people["member"], world.people["lead"]
    due_on = (at + timedelta(days=9)).date()
    change = improvements.Change(change=words, owner_id=member.pk, due_on=due_on, figure="missing", target=0.1, concerned=[lead.pk], why=words)
    return {"improvements": {"ref": improvements.propose(team=world.desk, by=member, at=at, change=change).ref}}


def a_review(world: World, at: datetime, words: str) -> dict[str, dict[str, Any]]:
    """Started by the lead; the member said something about their own figures."""
    due_reviews.begin(world.desk, at=at)
    about = opening.About(at.date() - timedelta(days=27), at.date() + timedelta(days=1))
    made = opening.start(team=world.desk, by=world.people["lead"], at=at, about=about, title=words)
    member = world.people["member"]
    reviewing.remark(review_id=made.pk, by=member, at=at, words=words)
    said, cycle = Participant.objects.get(review=made, person=member), ReviewCycle.objects.get(team=world.desk)
    return {"reviews": {"ref": made.ref, "participant": said.pk, "cycle": cycle.pk, "form": cycle.form_id}}


THINGS: tuple[Callable[[World, datetime, str], dict[str, dict[str, Any]]], ...] = (
    a_suggestion,
    an_improvement,
    a_review,
    a_policy,
    an_exception,
    an_absence,
    sharing_figures,
    evidence_of_the_member,
    a_place,
    an_observation,
)
