"""The rules of “When things fall due” that tell somebody: is it still needed, and who hears it?

Each rule is a function of one row and the facts about its subject; what it needs of people is read once per batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models.functions import Coalesce

from accounts.models import Membership
from handover.actions.models import Action
from handover.actions.states import State as ActionState
from handover.agreements.agreeing import ProposalAnswer, Says
from handover.agreements.models import AgreementVersion
from handover.agreements.states import State as VersionState
from handover.checks.states import UNANSWERED
from handover.checks.states import State as CheckState
from handover.due.models import Rule
from handover.due.operations import Taken
from handover.handovers.brief import Decline, NothingToHandOver
from handover.handovers.models import Item
from handover.handovers.states import ON_OFFER, State
from handover.moves.subjects import Facts
from handover.notifications.models import Kind
from handover.policies.queries import unread_of
from handover.shifts.models import Rostering
from handover.shifts.queries import leads_to_tell, on_duty


@dataclass(frozen=True, slots=True)
class Telling:
    """One kind of notice to some people. ``to_receiver``: it leads to the page on which the item is accepted."""

    kind: Kind
    to: Iterable[int | None]
    to_receiver: bool = False
    to_giver: bool = False
    past: bool = False


class Circle:
    """Who is concerned by a batch of rows: each question is asked of the database once, and only if a row needs it."""

    def __init__(self, rows: list[tuple[Taken, Facts]], at: datetime) -> None:
        self.rows = rows
        self.at = at

    @cached_property
    def _teams(self) -> set[int]:
        return {row.team_id for row, _ in self.rows} | {facts.team_id for _, facts in self.rows if facts.team_id}

    @cached_property
    def leads(self) -> dict[int, list[int]]:
        return leads_to_tell(self._teams, self.at)

    @cached_property
    def on_duty(self) -> dict[int, list[int]]:
        return on_duty(self._teams, self.at)

    @cached_property
    def watchers(self) -> dict[int, list[int]]:
        """Who has the action on their watch list: its givers, or who watches for them."""
        ids = [facts.action_id for row, facts in self.rows if row.rule == Rule.PROMISE]
        found: dict[int, list[int]] = {}
        watched = Item.objects.filter(action__in=ids, seen_through_at__isnull=True, imported_from="", state=State.ACCEPTED)
        for action_id, watcher_id in watched.values_list("action_id", Coalesce("watcher_id", "giver_id")):
            found.setdefault(action_id, []).append(watcher_id)
        return found

    @cached_property
    def _to_shifts(self) -> dict[int, Facts]:
        """Items of the batch that were offered to a shift."""
        return {facts.id: facts for row, facts in self.rows if row.subject_type == "item" and facts.shift_id and not facts.receiver_id}

    @cached_property
    def eligible(self) -> dict[int, list[int]]:
        """For items offered to a shift: those on it whose job role may receive, but for the giver and who has declined."""
        offers = self._to_shifts
        on: dict[int, list[int]] = {}
        crew = Rostering.objects.effective(self.at).filter(shift__in={facts.shift_id for facts in offers.values()}, colleague__is_active=True)
        for shift_id, colleague_id in crew.values_list("shift_id", "colleague_id"):
            on.setdefault(shift_id, []).append(colleague_id)
        declined = set(Decline.objects.filter(item__in=offers, undone_at__isnull=True).values_list("item_id", "colleague_id"))
        teams = dict(Item.objects.filter(pk__in=offers).values_list("pk", "to_team_id"))
        found = {}
        for pk, facts in offers.items():
            crew_of = on.get(facts.shift_id or 0) or self.on_duty.get(teams[pk], [])
            allowed = self._with_role.get(pk)
            found[pk] = [one for one in crew_of if one != facts.giver_id and (pk, one) not in declined and (allowed is None or one in allowed)]
        return found

    @cached_property
    def _with_role(self) -> dict[int, set[int]]:
        """For items whose agreement names receiving job roles: everybody who has one of them."""
        through = AgreementVersion.receiving_roles.through.objects.filter(agreementversion__items__in=self._to_shifts)
        roles: dict[int, set[int]] = {}
        for pk, role_id in through.values_list("agreementversion__items", "jobrole_id"):
            if pk in self._to_shifts:
                roles.setdefault(pk, set()).add(role_id)
        wanted = set().union(*roles.values()) if roles else set()
        holders: dict[int, set[int]] = {}
        for role_id, user_id in Membership.objects.current().filter(job_roles__in=wanted).values_list("job_roles", "user_id"):
            holders.setdefault(role_id, set()).add(user_id)
        return {pk: set().union(*(holders.get(role_id, set()) for role_id in of_item)) for pk, of_item in roles.items()}

    @cached_property
    def holding(self) -> set[tuple[int, int]]:
        """(team, colleague) where the colleague still holds an open action that is not on offer."""
        people = {row.person_id for row, _ in self.rows if row.rule == Rule.NOTHING_OFFERED}
        held = Action.objects.filter(state=ActionState.HELD, responsible__in=people, team__in=self._teams, put_off_until__isnull=True)
        held = held.exclude(items__state__in=ON_OFFER)
        return set(held.values_list("team_id", "responsible_id").distinct())

    @cached_property
    def undecided(self) -> set[int]:
        """Actions of the batch that were carried too far, and nobody has decided what happens."""
        ids = [facts.id for row, facts in self.rows if row.rule == Rule.CARRIED]
        return set(Action.objects.to_be_decided().filter(pk__in=ids).values_list("pk", flat=True))

    @cached_property
    def said_nothing(self) -> set[tuple[int, int]]:
        """(shift, colleague) where the colleague said that there is nothing to hand over."""
        shifts = {row.subject_id for row, _ in self.rows if row.rule == Rule.NOTHING_OFFERED}
        return set(NothingToHandOver.objects.filter(shift__in=shifts).values_list("shift_id", "colleague_id"))

    @cached_property
    def rostered(self) -> set[tuple[int, int]]:
        """(shift, colleague) where the colleague is on the shift now; the rota may have changed since the row was owed."""
        shifts = {row.subject_id for row, _ in self.rows if row.rule == Rule.NOTHING_OFFERED}
        return set(Rostering.objects.effective(self.at).filter(shift__in=shifts).values_list("shift_id", "colleague_id"))

    @cached_property
    def _answers(self) -> list[tuple[int, int, str]]:
        """(version, colleague, answer) of the proposals and agreements of the batch."""
        versions = {facts.id for row, facts in self.rows if row.subject_type == "agreementversion"}
        return list(ProposalAnswer.objects.filter(version__in=versions, colleague__is_active=True).values_list("version_id", "colleague_id", "answer"))

    def who_said(self, version_id: int, answer: str) -> list[int]:
        """Those named who gave this answer; an empty one: who owes it."""
        return [colleague for version, colleague, said in self._answers if (version, said) == (version_id, answer)]

    @cached_property
    def unread_policies(self) -> dict[int, list[int]]:
        """For teams that were asked to read a policy: who has not acknowledged it."""
        return unread_of({facts.id for row, facts in self.rows if row.rule == Rule.POLICY})

    @cached_property
    def crews(self) -> dict[int, list[int]]:
        """Who was on the shifts of the batch whose reports are not signed."""
        shifts = {row.subject_id for row, _ in self.rows if row.rule == Rule.REPORT}
        found: dict[int, list[int]] = {}
        crew = Rostering.objects.effective().filter(shift__in=shifts, colleague__is_active=True)
        for shift_id, colleague_id in crew.values_list("shift_id", "colleague_id"):
            found.setdefault(shift_id, []).append(colleague_id)
        return found


def nothing_offered(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    on_shift, holds = (row.subject_id, row.person_id), (row.team_id, row.person_id)
    is_needed = holds in circle.holding and on_shift in circle.rostered and on_shift not in circle.said_nothing
    return [Telling(Kind.NOTHING_OFFERED, [row.person_id])] if is_needed else []


def not_accepted(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    if facts.state not in ON_OFFER:
        return []
    if row.step > 1:
        return [Telling(Kind.NOT_ACCEPTED, [facts.giver_id, *circle.leads[row.team_id]])]
    to = [facts.receiver_id] if facts.receiver_id else circle.eligible[facts.id]
    return [Telling(Kind.NOT_ACCEPTED, to, to_receiver=True)]


def query(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    return [Telling(Kind.QUERY_WAITS, [facts.giver_id])] if facts.state == State.QUERIED else []


def check(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    if facts.state != CheckState.SET or not facts.is_open:
        return []
    to = holders(facts, circle)
    return [Telling(Kind.CHECK_ASKED, to), Telling(Kind.CHECK_ASKED, [facts.giver_id], to_giver=True)]


def check_not_answered(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    if facts.state not in UNANSWERED or not facts.is_open:
        return []
    return [Telling(Kind.CHECK_WAITS, circle.leads[row.team_id] if row.step > 1 else holders(facts, circle))]


def follow_up(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    if facts.state:
        return []
    return [Telling(Kind.FOLLOW_UP_WAITS, circle.leads[row.team_id] if row.step > 1 else [facts.giver_id])]


def pool(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    if facts.state != ActionState.POOL:
        return []
    return [Telling(Kind.IN_POOL, (circle.leads if row.step > 1 else circle.on_duty)[row.team_id])]


def promise(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    if not facts.is_open:
        return []
    to = [*holders(facts, circle), *circle.watchers.get(facts.id, []), *circle.leads[row.team_id]]
    return [Telling(Kind.PROMISE, to, past=row.step > 1)]


def carried(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    return [Telling(Kind.CARRIED, [*holders(facts, circle), *circle.leads[row.team_id]])] if facts.id in circle.undecided else []


def no_one_eligible(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    is_needed = facts.is_open and (row.subject_type != "item" or facts.state in ON_OFFER)
    return [Telling(Kind.NO_ONE_ELIGIBLE, circle.leads[row.team_id])] if is_needed else []


def own_reminder(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    passed_on = row.subject_type != "item" or facts.state in (*ON_OFFER, State.ACCEPTED)
    return [Telling(Kind.OWN_REMINDER, [row.person_id])] if facts.is_open and passed_on else []


def agreement_answer(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    """First whoever owes an answer; at the deadline whoever proposed it, and the leads, who may decide now."""
    if facts.state != VersionState.PROPOSED:
        return []
    if row.step == 1:
        return [Telling(Kind.AGREEMENT_WAITS, circle.who_said(facts.id, ""))]
    return [Telling(Kind.AGREEMENT_WAITS, [facts.giver_id, *circle.leads[row.team_id]], past=True)]


def agreement_review(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    if facts.state != VersionState.IN_FORCE:
        return []
    return [Telling(Kind.AGREEMENT_REVIEW, [*circle.leads[row.team_id], *circle.who_said(facts.id, Says.AGREE)])]


def policy(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    """First whoever of the team has not read it; a week later its leads hear that somebody has not."""
    unread = circle.unread_policies.get(facts.id)
    if not unread:
        return []
    return [Telling(Kind.POLICY, circle.leads[row.team_id], past=True)] if row.step > 1 else [Telling(Kind.POLICY, unread)]


def report(row: Taken, facts: Facts, circle: Circle) -> list[Telling]:
    """Signing cancels the row, so who is still asked has not signed: first the shift itself, then the lead."""
    to = circle.leads[row.team_id] if row.step > 1 else circle.crews.get(row.subject_id, [])
    return [Telling(Kind.REPORT_WAITS, to, to_receiver=True)] if to else []


def holders(facts: Facts, circle: Circle) -> list[int]:
    """Who sees the action through now: its responsible colleague, else the shift on duty."""
    if facts.holder_id:
        return [facts.holder_id]
    return circle.on_duty.get(facts.team_id or 0, [])


TELLS: dict[Rule, Callable[[Taken, Facts, Circle], list[Telling]]] = {
    Rule.NOTHING_OFFERED: nothing_offered,
    Rule.NOT_ACCEPTED: not_accepted,
    Rule.QUERY: query,
    Rule.CHECK: check,
    Rule.CHECK_NOT_ANSWERED: check_not_answered,
    Rule.FOLLOW_UP: follow_up,
    Rule.POOL: pool,
    Rule.PROMISE: promise,
    Rule.CARRIED: carried,
    Rule.NO_ONE_ELIGIBLE: no_one_eligible,
    Rule.OWN_REMINDER: own_reminder,
    Rule.REPORT: report,
    Rule.POLICY: policy,
    Rule.AGREEMENT_ANSWER: agreement_answer,
    Rule.AGREEMENT_REVIEW: agreement_review,
}
"""Rule → what it tells whom; an empty list: nobody needs it any more, and the row is cancelled."""
