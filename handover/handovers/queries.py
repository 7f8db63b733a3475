"""Reads about items: what waits for a colleague, what they watch, what a brief can be filled with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import Membership, User
from common.prepared import prepared
from handover.actions.models import Action
from handover.agreements.models import AgreementVersion
from handover.handovers.brief import Brief, Decline, HandoverDraft, Query
from handover.handovers.completeness import Completeness, answer_name, measure, required_of
from handover.handovers.models import Item
from handover.handovers.states import State
from handover.shifts.models import Rostering

PEOPLE = ("action", "giver", "receiver", "accepted_by", "receiving_shift", "handover")
PARTS = ("situation", "promise", "done_so_far", "next_step", "if_then")


def waiting_for(user: User) -> QuerySet[Item]:
    """What is on offer to ``user``, or to a shift that they are rostered on and whose job role they have, and they have not declined."""
    mine = Exists(Rostering.objects.effective().filter(shift=OuterRef("receiving_shift"), colleague=user))
    roles = AgreementVersion.receiving_roles.through.objects.filter(agreementversion_id=OuterRef("agreement_version_id"))
    my_roles = Membership.job_roles.through.objects.filter(membership__user=user, membership__ended_at__isnull=True).values("jobrole_id")
    may = ~Exists(roles) | Exists(roles.filter(jobrole_id__in=my_roles))
    said_no = Exists(Decline.objects.filter(item=OuterRef("pk"), colleague=user, undone_at__isnull=True))
    offered = Item.objects.on_offer().visible_to(user).filter(Q(receiver=user) | (Q(mine) & Q(may)))
    return offered.filter(~said_no).exclude(giver=user)


def waiting_list(user: User) -> QuerySet[Item]:
    """``waiting_for``, as a list needs it: the sooner it is to be accepted, the earlier."""
    return waiting_for(user).select_related(*PEOPLE).order_by("accept_by", "pk")


def with_query(items: QuerySet[Item]) -> QuerySet[Item]:
    """Adds ``asked_by_name`` of the open question, or ``None``."""
    asked = Query.objects.filter(item=OuterRef("pk"), answered_at__isnull=True)
    return items.annotate(asked_by_name=Subquery(asked.values("asked_by__display_name")[:1]), asked_text=Subquery(asked.values("text")[:1]))


def last_briefs(actions: Iterable[Action]) -> dict[int, Brief]:
    """The brief that each action was taken over with, by the id of the action: where the next brief starts from."""
    return {brief.item.action_id: brief for brief in _briefs([action.pk for action in actions])}


@prepared
def _briefs(action_ids: list[int]) -> QuerySet[Brief]:
    return Brief.objects.filter(item__action__in=action_ids, item__state=State.ACCEPTED).select_related("item").order_by("item__accepted_at")


def draft_of(writer: User, team_id: int, form: str) -> HandoverDraft | None:
    return HandoverDraft.objects.filter(writer=writer, team_id=team_id, form=form).first()


def field_name(action: Action, name: str) -> str:
    """The name of a brief's field in the form that hands over several actions."""
    return f"{action.ref}-{name}"


def prefilled(action: Action, before: Brief | None, notes: str = "") -> dict[str, Any]:
    """The facts that the product knows, for a brief that nobody has begun. People write only judgement."""
    customer = ", ".join(part for part in (action.customer_name, action.customer_reference) if part)
    return {
        "situation": before.situation if before else f"{customer}. {action.title}." if customer else f"{action.title}.",
        "promise": action.promise,
        "promised_by": action.promised_by,
        "done_so_far": "\n".join(part for part in (before.done_so_far if before else "", notes) if part),
        "next_step": before.next_step if before else "",
        "if_then": before.if_then if before else "",
    }


def drafted(action: Action, fields: Mapping[str, Any], known: Mapping[str, Any], version: AgreementVersion | None) -> tuple[dict[str, Any], dict[int, str]]:
    """Parts and answers of a brief as they stand: what the draft holds, else what is known."""
    parts = {name: fields.get(field_name(action, name), known[name]) for name in PARTS}
    parts["promised_by"] = known["promised_by"]
    answers = {asked.pk: str(fields.get(field_name(action, answer_name(asked.pk)), "")) for asked in required_of(version, action.urgency)}
    return parts, answers


def readiness(
    actions: Iterable[Action], *, versions: Mapping[int, AgreementVersion], fields: Mapping[str, Any], briefs: Mapping[int, Brief]
) -> dict[int, Completeness]:
    """How complete each action's brief is now, by the id of the action. ``versions`` by the id of the service."""
    found = {}
    for action in actions:
        version = versions.get(action.service_id or 0)
        known = prefilled(action, briefs.get(action.pk), getattr(action, "last_note", None) or "")
        parts, answers = drafted(action, fields, known, version)
        found[action.pk] = measure(parts, answers, version=version, urgency=action.urgency)
    return found
