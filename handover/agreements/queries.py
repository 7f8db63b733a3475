"""What is agreed now: for the form that hands over, for the map of services, for the page of one agreement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from django.db.models import Case, Exists, IntegerField, OuterRef, Prefetch, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from accounts.models import Membership
from common.prepared import prepared
from handover.agreements.agreeing import ProposalAnswer, Says
from handover.agreements.models import Agreement, AgreementVersion, Applies

if TYPE_CHECKING:
    from accounts.models import User

Time = Literal["during", "between"]


def answers_owed(user: User) -> list[AgreementVersion]:
    """Proposals that wait for this colleague's answer, the earliest deadline first; each with its agreement, point and service loaded."""
    owed = AgreementVersion.objects.proposed().filter(answers__colleague=user, answers__answer="")
    return list(owed.select_related("agreement__point__service", "agreement__team", "created_by").order_by("answer_by", "pk"))


def found(user: User, ref: str) -> Agreement:
    """One agreement, if this user may see it; else 404."""
    return get_object_or_404(Agreement.objects.visible_to(user).select_related("team", "point__service__team"), ref=ref)


def before(version: AgreementVersion) -> AgreementVersion | None:
    """What was in force before this version, or is while it is proposed; complete."""
    earlier = AgreementVersion.objects.filter(agreement=version.agreement_id, number__lt=version.number, in_force_at__isnull=False)
    return complete(earlier).order_by("-number").first()


def answers_with_roles(version: AgreementVersion) -> list[ProposalAnswer]:
    """Who has to agree, or had to: those of the giver's side first, the writer before everybody. Each with ``roles``, a line for people."""
    answers = list(version.answers.select_related("colleague", "team"))
    places = Membership.objects.current().filter(user__in=[one.colleague_id for one in answers]).prefetch_related("job_roles")
    lines = {(place.user_id, place.team_id): place.roles_line() or ("lead" if place.is_lead else "member") for place in places}
    for one in answers:
        line = lines.get((one.colleague_id, one.team_id), "not in the team any more")
        one.roles = (line[:1].upper() + line[1:]) + (f", {one.team}" if version.to_team_id else "")  # type: ignore[attr-defined]
    return sorted(answers, key=lambda one: (one.team_id != version.agreement.team_id, one.colleague_id != version.created_by_id, one.pk))


def locked(version_id: int) -> AgreementVersion:
    """One version with its agreement locked, so that nobody else changes or answers it meanwhile."""
    agreement_id = AgreementVersion.objects.values_list("agreement_id", flat=True).get(pk=version_id)
    Agreement.objects.select_for_update().get(pk=agreement_id)
    return AgreementVersion.objects.select_related("agreement__team", "agreement__point__service", "created_by").get(pk=version_id)


def still_needed(version: AgreementVersion) -> list[int]:
    """Ids of those named who have not agreed, as far as they are still here: whoever has left cannot hold it up."""
    sides = [version.agreement.team_id, version.to_team_id]
    here = Membership.objects.current().filter(user=OuterRef("colleague"), team__in=[side for side in sides if side], user__is_active=True)
    missing = ProposalAnswer.objects.filter(version=version).exclude(answer=Says.AGREE)
    return list(missing.filter(Exists(here)).values_list("colleague_id", flat=True))


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
    versions = complete(AgreementVersion.objects.in_force()).filter(agreement__point__service=service_id)
    return by_point(versions.prefetch_related(Prefetch("answers", ProposalAnswer.objects.select_related("colleague"))))


def by_point(versions: Iterable[AgreementVersion]) -> dict[int, dict[str, AgreementVersion]]:
    """By the id of the point, then by “during” and “between”: one for exactly that time wins over one for both. The agreement should be loaded."""
    found: dict[int, dict[str, AgreementVersion]] = {}
    for version in versions:
        applies = Applies(version.agreement.applies)
        times = found.setdefault(version.agreement.point_id, {})
        for time in (Applies.DURING, Applies.BETWEEN):
            if applies == time or (applies == Applies.BOTH and time not in times):
                times[str(time)] = version
    return found


def proposed_by_point(service_id: int) -> dict[int, list[AgreementVersion]]:
    """What is proposed at the handover points of a service."""
    found: dict[int, list[AgreementVersion]] = {}
    for version in AgreementVersion.objects.proposed().filter(agreement__point__service=service_id).select_related("agreement").order_by("pk"):
        found.setdefault(version.agreement.point_id, []).append(version)
    return found


def _in_force(service_ids: Iterable[int], when: Time, versions: QuerySet[AgreementVersion]) -> QuerySet[AgreementVersion]:
    """The one made for exactly that time first."""
    exact_first = Case(When(agreement__applies=when, then=Value(0)), default=Value(1), output_field=IntegerField())
    fitting = versions.filter(agreement__point__service__in=service_ids, agreement__applies__in=[Applies(when), Applies.BOTH])
    return fitting.order_by(exact_first, "agreement__point__letter", "agreement")


def complete(versions: QuerySet[AgreementVersion]) -> QuerySet[AgreementVersion]:
    """These versions with all that a page or a form shows of them."""
    return versions.select_related("agreement__point__service", "agreement__team", "to_team").prefetch_related("limits", "required", "receiving_roles")
