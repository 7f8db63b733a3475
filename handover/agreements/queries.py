"""What is agreed now: for the form that hands over, for the map of services, for the page of one agreement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from django.db.models import Case, IntegerField, QuerySet, Value, When

from common.prepared import prepared
from handover.agreements.models import AgreementVersion, Applies

if TYPE_CHECKING:
    from accounts.models import User

Time = Literal["during", "between"]


def answers_owed(user: User) -> list[AgreementVersion]:
    """Proposals that wait for this colleague's answer, the earliest deadline first; each with its agreement, point and service loaded."""
    owed = AgreementVersion.objects.proposed().filter(answers__colleague=user, answers__answer="")
    return list(owed.select_related("agreement__point__service", "agreement__team", "created_by").order_by("answer_by", "pk"))


def in_force_for(service_id: int, when: Time) -> AgreementVersion | None:
    """The agreement in force for handing this service over *during* a shift or *between* shifts; ``None``: nothing is agreed.

    One made for exactly that time wins over one made for both. Where the service has several handover points, the one
    with the first letter speaks for it. Limits, required information and receiving job roles come with it.
    """
    return in_force_for_many([service_id], when).get(service_id)


def in_force_for_many(service_ids: Iterable[int], when: Time) -> dict[int, AgreementVersion]:
    """``in_force_for`` of many services at once, by their ids; a service without an agreement is not in it."""
    found: dict[int, AgreementVersion] = {}
    for version in _in_force(set(service_ids), when, complete(AgreementVersion.objects.in_force())):
        found.setdefault(version.agreement.point.service_id, version)
    return found


def required_for_many(service_ids: Iterable[int], when: Time) -> dict[int, AgreementVersion]:
    """``in_force_for_many`` with nothing but the required information: enough for a completeness ring, in two statements."""
    found: dict[int, AgreementVersion] = {}
    for version in _only_required(sorted(set(service_ids)), when):
        found.setdefault(version.agreement.point.service_id, version)
    return found


@prepared
def _only_required(service_ids: list[int], when: Time) -> QuerySet[AgreementVersion]:
    return _in_force(service_ids, when, AgreementVersion.objects.in_force().select_related("agreement__point").prefetch_related("required"))


def in_force_by_point(service_id: int) -> dict[int, dict[str, AgreementVersion]]:
    """What is in force at the handover points of a service: for each point with an agreement, by *during* and *between*.

    As for ``in_force_for``, one for exactly that time wins over one for both.
    """
    found: dict[int, dict[str, AgreementVersion]] = {}
    for version in complete(AgreementVersion.objects.in_force()).filter(agreement__point__service=service_id):
        applies = Applies(version.agreement.applies)
        times = found.setdefault(version.agreement.point_id, {})
        for time in (Applies.DURING, Applies.BETWEEN):
            if applies == time or (applies == Applies.BOTH and time not in times):
                times[str(time)] = version
    return found


def _in_force(service_ids: Iterable[int], when: Time, versions: QuerySet[AgreementVersion]) -> QuerySet[AgreementVersion]:
    """The one made for exactly that time first."""
    exact_first = Case(When(agreement__applies=when, then=Value(0)), default=Value(1), output_field=IntegerField())
    fitting = versions.filter(agreement__point__service__in=service_ids, agreement__applies__in=[Applies(when), Applies.BOTH])
    return fitting.order_by(exact_first, "agreement__point__letter", "agreement")


def complete(versions: QuerySet[AgreementVersion]) -> QuerySet[AgreementVersion]:
    """These versions with all that a page or a form shows of them."""
    return versions.select_related("agreement__point__service", "agreement__team", "to_team").prefetch_related("limits", "required", "receiving_roles")
