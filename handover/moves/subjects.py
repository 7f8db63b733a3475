"""What the rows that fall due are about, read in bulk: a few statements for a thousand rows."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from handover.actions.models import OPEN, Action
from handover.agreements.asking import what
from handover.agreements.models import AgreementVersion
from handover.checks.models import Check
from handover.followups.models import FollowUp
from handover.handovers.models import Item
from handover.policies.models import PolicyAsked, PolicyVersion
from handover.shifts.models import Shift


@dataclass(slots=True)
class Facts:
    """A subject as it stands at the moment of firing. ``state`` is its own; ``is_open`` is the action's."""

    id: int
    state: str
    path: str
    action_id: int | None = None
    title: str = ""
    is_open: bool = True
    holder_id: int | None = None
    team_id: int | None = None
    giver_id: int | None = None
    receiver_id: int | None = None
    shift_id: int | None = None
    receive_path: str = ""


OF_ACTION = {
    "title": F("action__title"),
    "open": F("action__state"),
    "holder": F("action__responsible_id"),
    "action_team": F("action__team_id"),
}


def _facts(row: dict[str, Any], *, path: str, **more: Any) -> Facts:
    return Facts(
        id=row["id"],
        path=path,
        action_id=row["action_id"],
        title=row["title"],
        is_open=row["open"] in OPEN,
        holder_id=row["holder"],
        team_id=row["action_team"],
        **more,
    )


def _of_action(rows: QuerySet[Any], *names: str, **expressions: F) -> list[dict[str, Any]]:
    return list(rows.values("id", "action_id", *names, **OF_ACTION, **expressions))


def actions(ids: Collection[int]) -> list[Facts]:
    rows = Action.objects.filter(pk__in=ids).values_list("id", "ref", "title", "state", "responsible_id", "team_id")
    return [
        Facts(id=pk, state=state, path=f"/actions/{ref}/", action_id=pk, title=title, is_open=state in OPEN, holder_id=holder, team_id=team)
        for pk, ref, title, state, holder, team in rows
    ]


def items(ids: Collection[int]) -> list[Facts]:
    rows = _of_action(Item.objects.filter(pk__in=ids), "ref", "state", "giver_id", "receiver_id", "receiving_shift_id", envelope=F("handover__ref"))
    return [
        _facts(
            row,
            path=f"/handovers/{row['envelope']}/?item={row['ref']}",
            receive_path=f"/receive/{row['ref']}/",
            state=row["state"],
            giver_id=row["giver_id"],
            receiver_id=row["receiver_id"],
            shift_id=row["receiving_shift_id"],
        )
        for row in rows
    ]


def checks(ids: Collection[int]) -> list[Facts]:
    rows = _of_action(Check.objects.filter(pk__in=ids), "ref", "state", "giver_id")
    return [_facts(row, path=f"/checks/{row['ref']}/", state=row["state"], giver_id=row["giver_id"]) for row in rows]


def followups(ids: Collection[int]) -> list[Facts]:
    """The state of a follow-up is its decision: empty while it is owed."""
    rows = _of_action(FollowUp.objects.filter(pk__in=ids), "decision", "owed_by_id", check_ref=F("check_answered__ref"))
    return [_facts(row, path=f"/checks/{row['check_ref']}/", state=row["decision"], giver_id=row["owed_by_id"]) for row in rows]


def shifts(ids: Collection[int]) -> list[Facts]:
    """A shift leads to what is handed over from it; ``receive_path`` is its report."""
    rows = Shift.objects.filter(pk__in=ids)
    return [
        Facts(
            id=one.pk,
            state="",
            path="/handovers/new/",
            title=f"{one.name}, {one.local_date:%a} {one.local_date.day} {one.local_date:%b}",
            team_id=one.team_id,
            shift_id=one.pk,
            receive_path=f"/shifts/{one.ref}/report/",
        )
        for one in rows
    ]


def agreement_versions(ids: Collection[int]) -> list[Facts]:
    """The giver of a version is whoever proposed it."""
    found = AgreementVersion.objects.filter(pk__in=ids).select_related("agreement__point__service")
    return [Facts(one.pk, one.state, one.get_absolute_url(), None, what(one), team_id=one.agreement.team_id, giver_id=one.created_by_id) for one in found]


def policies_asked(ids: Collection[int]) -> list[Facts]:
    """A team that was asked to read a policy; what is ended, or published anew, is not needed any more."""
    found = PolicyAsked.objects.filter(pk__in=ids, version__in=PolicyVersion.objects.newest(), version__policy__ended_at__isnull=True)
    return [Facts(one.pk, "", one.get_absolute_url(), None, one.version.policy.title, team_id=one.team_id) for one in found.select_related("version__policy")]


LOADERS: dict[str, Callable[[Collection[int]], list[Facts]]] = {
    "action": actions,
    "agreementversion": agreement_versions,
    "item": items,
    "check": checks,
    "policyasked": policies_asked,
    "followup": followups,
    "shift": shifts,
}


def load(wanted: dict[str, set[int]]) -> dict[tuple[str, int], Facts]:
    """Facts by type and id of the subject; what does not exist any more is not in it."""
    return {(name, facts.id): facts for name, ids in wanted.items() if name in LOADERS for facts in LOADERS[name](ids)}
