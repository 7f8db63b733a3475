"""The words that the demo's stories are told in. Each line of a story is one move, at some minutes from the story's beginning.

The beginning of what happens today is now; of what is over, the end of a past shift. So nothing here is a date, and no
sentence names a time of day: a promise's time stands in its own field, which moves along when the demo does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import Team, User
from demo.catching_up import fire
from demo.teams import Cast
from handover import moves
from handover.agreements.models import AgreementVersion
from handover.agreements.queries import in_force_for
from handover.checks.models import Check
from handover.checks.states import Outcome
from handover.due.models import Due, Rule
from handover.followups.models import Decision, FollowUp
from handover.handovers.completeness import required_of

SHIFT = ""
"""The receiver of an offer that is made to the incoming shift."""


@dataclass(frozen=True)
class Brief:
    """What the outgoing colleague writes; ``answers`` in the order of the agreement's questions."""

    situation: str = ""
    done_so_far: str = ""
    next_step: str = ""
    if_then: str = ""
    answers: tuple[str, ...] = ()

    def parts(self) -> dict[str, str]:
        return {"situation": self.situation, "done_so_far": self.done_so_far, "next_step": self.next_step, "if_then": self.if_then}

    def answers_to(self, version: AgreementVersion | None, urgency: str) -> dict[int, str]:
        return {asked.pk: text for asked, text in zip(required_of(version, urgency), self.answers, strict=False)}


@dataclass(frozen=True)
class Story:
    """One action from its logging on. ``by``: minutes until the customer was promised it."""

    title: str
    service: str
    customer: tuple[str, str, str]
    promise: str
    by: float | None
    brief: Brief
    steps: tuple[Step, ...]
    urgency: str = "routine"


@dataclass
class Act:
    """A story while it is played."""

    story: Story
    cast: Cast
    team: Team
    begins: datetime
    action_id: int = 0
    item_id: int = 0
    given: dict[str, int] = field(default_factory=dict)

    def at(self, after: float) -> datetime:
        return self.begins + timedelta(minutes=after)

    def person(self, name: str) -> User:
        return self.cast.people[name]

    def check_id(self) -> int:
        """The latest check that is not answered."""
        return Check.objects.unanswered().filter(action=self.action_id).latest("pk").pk

    def version(self, *, during: bool) -> AgreementVersion | None:
        key = (self.team.pk, self.story.service, during)
        if key not in self.cast.agreed:
            service = self.cast.services[self.team.pk, self.story.service]
            self.cast.agreed[key] = in_force_for(service.pk, "during" if during else "between")
        return self.cast.agreed[key]


Do = Callable[[Act, User, datetime], object]


@dataclass(frozen=True)
class Step:
    after: float
    who: str
    do: Do


@dataclass(frozen=True)
class Offer(Step):
    """Offers of one colleague to one receiver at one moment are made in one press."""

    to: str = SHIFT
    during: bool = False
    check: float | None = None
    missing: str = ""
    past: str = ""
    warm: bool = False
    remind: bool = False
    brief: Brief | None = None

    def entry(self, act: Act) -> moves.Entry:
        brief = self.brief or act.story.brief
        version = act.version(during=self.during)
        answers = brief.answers_to(version, act.story.urgency)
        check_at = act.at(self.check) if self.check is not None else None
        return moves.Entry(action_id=act.action_id, answers=answers, check_at=check_at, missing_reason=self.missing, **brief.parts())


def _nothing(act: Act, by: User, at: datetime) -> None:
    raise AssertionError("Offers are made by the stage, several in one press.")


def offer(after: float, who: str, to: str = SHIFT, **how: object) -> Offer:
    return Offer(after, who, _nothing, to, **how)  # type: ignore[arg-type]


def log(after: float, who: str, *, pool: bool = False, to: str = "") -> Step:
    """``who`` writes the action down and holds it; or gives it to somebody (``to``), or to the pool."""

    def do(act: Act, by: User, at: datetime) -> None:
        story = act.story
        name, reference, reach = story.customer
        holder = None if pool else act.person(to) if to else by
        made = moves.create(
            team=act.team,
            by=by,
            at=at,
            title=story.title,
            responsible=holder,
            service=act.cast.services[act.team.pk, story.service],
            customer_name=name,
            customer_reference=reference,
            customer_contact=reach,
            promise=story.promise,
            promised_by=act.at(story.by) if story.by is not None else None,
            urgency=story.urgency,
        )
        act.action_id = made.pk

    return Step(after, who, do)


def note(after: float, who: str, text: str, *, to_brief: bool = False) -> Step:
    return Step(after, who, lambda act, by, at: moves.note(action_id=act.action_id, by=by, at=at, text=text, item_id=act.item_id if to_brief else None))


def contact(after: float, who: str, text: str, *, channel: str = "Phone", chased: bool = False) -> Step:
    return Step(after, who, lambda act, by, at: moves.contact(action_id=act.action_id, by=by, at=at, channel=channel, text=text, chased=chased))


def see(after: float, who: str) -> Step:
    return Step(after, who, lambda act, by, at: moves.see(item_id=act.item_id, by=by, at=at))


def query(after: float, who: str, text: str) -> Step:
    return Step(after, who, lambda act, by, at: moves.query(item_id=act.item_id, by=by, at=at, text=text))


def reply(after: float, who: str, text: str) -> Step:
    return Step(after, who, lambda act, by, at: moves.answer_query(item_id=act.item_id, by=by, at=at, text=text))


def accept(after: float, who: str, words: str = "") -> Step:
    """``words`` are the read-back."""
    return Step(after, who, lambda act, by, at: moves.accept(item_id=act.item_id, by=by, at=at, read_back=words))


def right(after: float, who: str) -> Step:
    """The read-back is right."""
    return Step(after, who, lambda act, by, at: moves.answer_read_back(item_id=act.item_id, by=by, at=at, right=True))


def not_quite(after: float, who: str, words: str) -> Step:
    return Step(after, who, lambda act, by, at: moves.answer_read_back(item_id=act.item_id, by=by, at=at, right=False, words=words))


def decline(after: float, who: str, reason: str) -> Step:
    return Step(after, who, lambda act, by, at: moves.decline(item_id=act.item_id, by=by, at=at, reason=reason))


def withdraw(after: float, who: str, reason: str) -> Step:
    return Step(after, who, lambda act, by, at: moves.withdraw(item_id=act.item_id, by=by, at=at, reason=reason))


def take_back(after: float, who: str, reason: str) -> Step:
    return Step(after, who, lambda act, by, at: moves.take_back(item_id=act.item_id, by=by, at=at, reason=reason))


def lapse(after: float, who: str) -> Step:
    """``who`` accepted, and then nothing happened: the rule acts at its own instant, some minutes before or after ``after``."""
    return Step(after, who, lambda act, by, at: fire(Due.objects.live().get(rule=Rule.LAPSE, subject_type="action", subject_id=act.action_id)))


def claim(after: float, who: str) -> Step:
    return Step(after, who, lambda act, by, at: moves.claim(action_id=act.action_id, by=by, at=at))


def reassign(after: float, who: str, to: str, reason: str) -> Step:
    return Step(after, who, lambda act, by, at: moves.reassign(action_id=act.action_id, by=by, at=at, to=act.person(to), reason=reason))


def complete(after: float, who: str, words: str = "") -> Step:
    return Step(after, who, lambda act, by, at: moves.complete(action_id=act.action_id, by=by, at=at, words=words))


def close(after: float, who: str, reason: str) -> Step:
    return Step(after, who, lambda act, by, at: moves.close(action_id=act.action_id, by=by, at=at, reason=reason))


def seen(after: float, who: str) -> Step:
    """The giver presses *Seen* on the outcome."""
    return Step(after, who, lambda act, by, at: moves.see_outcome(item_id=act.given[who], by=by, at=at))


def not_so(after: float, who: str, reason: str) -> Step:
    return Step(after, who, lambda act, by, at: moves.not_so(item_id=act.given[who], by=by, at=at, reason=reason))


def ask(after: float, who: str, question: str) -> Step:
    """The completion check, asked by hand."""
    return Step(after, who, lambda act, by, at: moves.ask_now(check_id=act.check_id(), by=by, at=at, question=question))


def answer(after: float, who: str, outcome: Outcome, words: str = "", *, again: float | None = None, heard: bool = False) -> Step:
    """``again``: when it is checked next, where the answer is not final."""

    def do(act: Act, by: User, at: datetime) -> None:
        next_at = act.at(again) if again is not None else None
        moves.answer(check_id=act.check_id(), by=by, at=at, outcome=outcome, words=words, next_at=next_at, by_word_of_mouth=heard)

    return Step(after, who, do)


def decide(after: float, who: str, decision: Decision, words: str = "", *, new: float | None = None) -> Step:
    """``new``: the time agreed with the customer, who was told."""

    def do(act: Act, by: User, at: datetime) -> None:
        owed = FollowUp.objects.owed().get(action=act.action_id)
        new_time = act.at(new) if new is not None else None
        moves.decide(follow_up_id=owed.pk, by=by, at=at, decision=decision, words=words, new_time=new_time, customer_told=new is not None)

    return Step(after, who, do)
