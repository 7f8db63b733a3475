"""What stands out in a scope, in words: for the dashboard and for the weekly e-mail."""

from __future__ import annotations

from collections.abc import Iterable

from handover.agreements.models import Agreement
from handover.catalog.models import Service
from reviews.sharing import wording
from reviews.sharing.measuring import Compared, Measured, Scope
from reviews.sharing.standing_out import Finding, stands_out


def said(scope: Scope, *, most: int, known: Compared | None = None) -> list[dict[str, str]]:
    """Title, sentence and the filters of the list behind each, the least likely to be chance first. ``known``: see ``stands_out``."""
    found = different(stands_out(scope, known=known))[:most]
    if not found:
        return []
    ids = {kind: [one.candidate.key[0] for one in found if one.candidate.kind == kind] for kind in ("agreement", "service")}
    names = {("service", pk): name for pk, name in Service.objects.filter(pk__in=ids["service"]).values_list("pk", "name")}
    agreements = Agreement.objects.filter(pk__in=ids["agreement"]).select_related("point__service") if ids["agreement"] else []
    names |= {("agreement", one.pk): wording.name_of_agreement(one) for one in agreements}
    return [wording.finding(one, names) for one in found]


def different(found: Iterable[Finding]) -> list[Finding]:
    """Without those that say the same of the same handovers: a service with one agreement stands out with it."""
    first: dict[tuple[str, Measured, Measured], Finding] = {}
    for one in found:
        first.setdefault((one.candidate.figure, one.candidate.group, one.candidate.rest), one)
    return list(first.values())
