"""Which policies apply where, what is shown beside a field, and who has not read what."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Kind as UserKind
from accounts.models import Membership, User
from common.keyset import Page, keyset_page
from handover.policies.models import Policy, PolicyAcknowledgement, PolicyAsked, PolicyHint, PolicyService, PolicyVersion

READERS = 20


@dataclass(frozen=True)
class Hint:
    """The sentence of a policy beside a field. ``services``: names by id of those it is for; none: every action of the team."""

    place: str
    sentence: str
    title: str
    path: str
    services: tuple[tuple[int, str], ...] = ()

    def is_for(self, service_id: int | None) -> bool:
        return not self.services or service_id in dict(self.services)

    @property
    def names(self) -> list[str]:
        return [name for _, name in self.services]


def for_services(service_ids: Iterable[int], *, seen_by: User | None = None) -> dict[int, list[Policy]]:
    """The rules that apply to each of these services, by title: those linked to it first, then those that are for everybody. Two statements.

    ``seen_by``: only what this colleague can open, where the services may be another team's.
    """
    ids = sorted(set(service_ids))
    if not ids:
        return {}
    policies = Policy.objects.current() if seen_by is None else Policy.objects.visible_to(seen_by).current()
    links = PolicyService.objects.filter(service__in=ids, policy__in=policies).select_related("policy").order_by("policy__title", "pk")
    found: dict[int, list[Policy]] = {pk: [] for pk in ids}
    for link in links:
        found[link.service_id].append(link.policy)
    for policy in for_everybody():
        for pk in ids:
            found[pk].append(policy)
    return found


def for_everybody() -> QuerySet[Policy]:
    """Policies that are linked to no service: they concern every team."""
    return Policy.objects.current().filter(~Exists(PolicyService.objects.filter(policy=OuterRef("pk")))).order_by("title", "pk")


def hints(service_ids: Iterable[int]) -> dict[str, list[Hint]]:
    """What is shown beside which field (``Place``) where an action of one of these services is written. Two statements.

    Without a service: only what is for every action.
    """
    ids = sorted(set(service_ids))
    linked = Exists(PolicyService.objects.filter(policy=OuterRef("policy")))
    ours = Exists(PolicyService.objects.filter(policy=OuterRef("policy"), service__in=ids))
    wanted = ours | ~linked if ids else ~linked
    rows = list(PolicyHint.objects.filter(wanted, policy__in=Policy.objects.current()).select_related("policy").order_by("policy__title", "pk"))
    names = _service_names({row.policy_id for row in rows}, ids) if ids and rows else {}
    found: dict[str, list[Hint]] = {}
    for row in rows:
        hint = Hint(row.place, row.sentence, row.policy.title, row.policy.get_absolute_url(), tuple(names.get(row.policy_id, ())))
        found.setdefault(row.place, []).append(hint)
    return found


def _service_names(policy_ids: Collection[int], service_ids: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    links = PolicyService.objects.filter(policy__in=policy_ids, service__in=service_ids).order_by("service__name")
    names: dict[int, list[tuple[int, str]]] = {}
    for policy_id, service_id, name in links.values_list("policy_id", "service_id", "service__name"):
        names.setdefault(policy_id, []).append((service_id, name))
    return names


def newest_of(policy: Policy) -> PolicyVersion | None:
    """The newest published version: the one to acknowledge. ``None`` while it is a draft."""
    return PolicyVersion.objects.newest().filter(policy=policy).first()


def in_force_of(policy: Policy, on: date) -> PolicyVersion | None:
    return PolicyVersion.objects.in_force(on).filter(policy=policy).first()


# --- Who is concerned, and who has read it --------------------------------------------------------------------------------


def concerned_teams(policy: Policy) -> list[int]:
    """Ids of the teams whose services it is linked to; linked to none: every team that has colleagues."""
    linked = set(PolicyService.objects.filter(policy=policy).values_list("service__team_id", flat=True))
    return sorted(linked or set(Membership.objects.current().filter(user__kind=UserKind.PERSON).values_list("team_id", flat=True)))


def to_acknowledge(user: User) -> QuerySet[PolicyVersion]:
    """The versions that a colleague is asked to read and has not acknowledged, the oldest first."""
    read = PolicyAcknowledgement.objects.filter(version=OuterRef("pk"), colleague=user)
    ours = Policy.objects.concerning(sorted(user.levels())).filter(ended_at__isnull=True)
    unread = PolicyVersion.objects.newest().filter(~Exists(read), policy__in=ours)
    return unread.select_related("policy").order_by("published_at", "pk") if user.is_person and user.levels() else unread.none()


def not_read_by(version: PolicyVersion, team_ids: Collection[int] | None, *, cursor: str | None = None, size: int = READERS) -> Page:
    """Memberships of concerned teams whose colleague has not acknowledged this version; ``None``: of every concerned team.

    Computed from who is there now, so that a new colleague is on it from the first day.
    """
    ours = [team for team in concerned_teams(version.policy) if team_ids is None or team in team_ids]
    return keyset_page(_unread(version, ours).select_related("user", "team"), sort="pk", cursor=cursor, size=size, descending=False)


def everybody_read(version: PolicyVersion, team_id: int) -> bool:
    return not _unread(version, [team_id]).exists()


def unread_ids(version: PolicyVersion, team_ids: Collection[int]) -> dict[int, int]:
    """Colleague → the first of these teams that they belong to, for those who have not acknowledged it."""
    found: dict[int, int] = {}
    for user_id, team_id in _unread(version, team_ids).order_by("pk").values_list("user_id", "team_id"):
        found.setdefault(user_id, team_id)
    return found


def _unread(version: PolicyVersion, team_ids: Collection[int]) -> QuerySet[Membership]:
    read = PolicyAcknowledgement.objects.filter(version=version, colleague=OuterRef("user"))
    here = Membership.objects.current().filter(team__in=team_ids, user__is_active=True, user__kind=UserKind.PERSON)
    return here.filter(~Exists(read))


def unread_of(asked_ids: Collection[int]) -> dict[int, list[int]]:
    """Who of each asked team has not read it yet, by the id of the asking. Three statements however many there are."""
    asked = list(PolicyAsked.objects.filter(pk__in=asked_ids).values_list("pk", "version_id", "team_id"))
    crews: dict[int, list[int]] = {}
    here = Membership.objects.current().filter(team__in={team for _, _, team in asked}, user__is_active=True, user__kind=UserKind.PERSON)
    for team_id, user_id in here.values_list("team_id", "user_id"):
        crews.setdefault(team_id, []).append(user_id)
    rows = PolicyAcknowledgement.objects.filter(version__in={version for _, version, _ in asked})
    read = set(rows.values_list("version_id", "colleague_id"))
    return {pk: [one for one in crews.get(team, []) if (version, one) not in read] for pk, version, team in asked}


# --- For the pages --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ListRow:
    """One line of the list. ``newest`` is ``None`` while it is a draft; ``asked``: I am to read it, and have not."""

    policy: Policy
    newest: PolicyVersion | None
    in_force: PolicyVersion | None
    services: tuple[str, ...]
    said: bool
    asked: bool


def rows(policies: list[Policy], user: User, on: date) -> list[ListRow]:
    """These policies as the list shows them to ``user``, in five statements."""
    ids = [one.pk for one in policies]
    newest = {one.policy_id: one for one in PolicyVersion.objects.newest().filter(policy__in=ids)}
    now = {one.policy_id: one for one in PolicyVersion.objects.in_force(on).filter(policy__in=ids)}
    said = set(PolicyAcknowledgement.objects.filter(colleague=user, version__in=[one.pk for one in newest.values()]).values_list("version_id", flat=True))
    waiting = set(to_acknowledge(user).filter(policy__in=ids).values_list("policy_id", flat=True))
    names: dict[int, list[str]] = {}
    for policy_id, name in _links_seen_by(user).filter(policy__in=ids).order_by("service__name").values_list("policy_id", "service__name"):
        names.setdefault(policy_id, []).append(name)
    return [
        ListRow(
            policy=one,
            newest=newest.get(one.pk),
            in_force=now.get(one.pk),
            services=tuple(names.get(one.pk, ())),
            said=one.pk in newest and newest[one.pk].pk in said,
            asked=one.pk in waiting,
        )
        for one in policies
    ]


def services_of(policy: Policy, user: User) -> list[PolicyService]:
    """The services that it is for, as far as ``user`` sees them."""
    return list(_links_seen_by(user).filter(policy=policy).select_related("service__team").order_by("service__team__name", "service__name", "pk"))


def _links_seen_by(user: User) -> QuerySet[PolicyService]:
    ids = user.team_ids()
    return PolicyService.objects.all() if ids is None else PolicyService.objects.filter(service__team_id__in=ids)


def versions_of(policy: Policy, *, drafts: bool) -> QuerySet[PolicyVersion]:
    """The newest first; a draft only for who writes it."""
    found = policy.versions.all() if drafts else policy.versions.published()
    return found.select_related("written_by", "published_by").order_by("-number")
