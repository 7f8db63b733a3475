"""Writes to a colleague's own evidence. Picking and dropping leave no event: they are private, and change nothing that anybody else sees."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from django.db import transaction
from django.db.models import QuerySet

from accounts.keys import digest_of, new_key
from accounts.models import User
from audit import operations as audit
from audit.models import Event as TrailEvent
from common.errors import Invalid, NotAllowed, Refusal
from reviews.events import Event
from reviews.evidence import permissions
from reviews.evidence.content import content_of, is_empty
from reviews.evidence.facts import facts_of
from reviews.evidence.models import Evidence, EvidenceChoice, EvidenceLink, EvidenceStatement
from reviews.evidence.privacy import tells
from reviews.evidence.queries import MOST_PICKED, own, period_of, within
from reviews.evidence.rules import RULES, kinds_of, of_criterion, rule_of
from reviews.evidence.standards import CRITERIA, of_standard

MOST_LINKS = 10
LONGEST_PERIOD = timedelta(days=2 * 366)
LOOKED_AT = 3_000
FROM_EACH = 2
"""How many records of a criterion are taken at once where nothing was picked yet."""


@transaction.atomic
def turn_on(*, by: User, at: datetime, standard: str, since: date, until: date | None = None) -> Evidence:
    """From now on the colleague's evidence is gathered, for this standard and these days. On already: standard and days change."""
    permissions.check_person(by)
    _check_period(since, until, today=at.date())
    evidence, _ = Evidence.objects.select_for_update().get_or_create(owner=by, defaults={"since": since})
    was_on = evidence.is_on
    evidence.standard, evidence.since, evidence.until = standard, since, until
    evidence.on_since = evidence.on_since or at
    evidence.save()
    if not was_on:
        audit.record(Event.EVIDENCE_ON, actor=by, subject=evidence, team_id=None, at=at, data={"standard": standard})
    return evidence


@transaction.atomic
def turn_off(*, by: User, at: datetime, forget: bool = False) -> None:
    """Nothing is gathered any more, and every link stops at once. ``forget``: what was picked and written goes too. Twice is harmless."""
    permissions.check_person(by)
    evidence = Evidence.objects.select_for_update().filter(owner=by).first()
    if forget:
        EvidenceChoice.objects.filter(owner=by).delete()
        EvidenceStatement.objects.filter(owner=by).delete()
    if evidence is None or not evidence.is_on:
        return
    links = [_revoke(link, by=by, at=at).pk for link in EvidenceLink.objects.select_for_update().filter(owner=by, revoked_at=None).order_by("pk")]
    evidence.on_since = None
    evidence.save(update_fields=["on_since"])
    audit.record(Event.EVIDENCE_OFF, actor=by, subject=evidence, team_id=None, at=at, data={"links": links, "forgotten": forget})


@transaction.atomic
def pick(*, by: User, at: datetime, criterion: str, event_id: int, words: str = "") -> EvidenceChoice:
    """This record shows the criterion. ``words``: what the owner says of it, which must not tell who the customer is."""
    _lock(by)
    event = _own_event(by, criterion, event_id)
    facts = facts_of([event]).get(event.pk)
    _check_words(words, facts.known if facts else ())
    others = EvidenceChoice.objects.filter(owner=by, criterion=criterion, picked=True).exclude(event=event.pk)
    if others.count() >= MOST_PICKED:
        raise Refusal(f"You have picked {MOST_PICKED} records for this already.", possible="Drop one first: an assessor needs a few good ones.")
    return _choose(by, at, criterion, event, picked=True, words=words.strip())


@transaction.atomic
def drop(*, by: User, at: datetime, criterion: str, event_id: int) -> EvidenceChoice:
    """This record is not suggested any more, and is not shown. What was written about it is kept."""
    _lock(by)
    event = _own_event(by, criterion, event_id)
    return _choose(by, at, criterion, event, picked=False)


@transaction.atomic
def pick_newest(*, by: User, at: datetime, zone: tzinfo) -> int:
    """For each criterion for which nothing was picked yet: the newest record of up to two rules, but none that was dropped. How many were picked.

    A record that shows another criterion already comes last: an assessor learns more from a new one.
    """
    evidence = _lock(by)
    events = list(within(own(by), period_of(evidence, zone, at)).filter(kind__in=kinds_of(RULES)).order_by("-at", "-pk")[:LOOKED_AT])
    chosen = set(EvidenceChoice.objects.filter(owner=by).values_list("criterion", "event"))
    begun = set(EvidenceChoice.objects.filter(owner=by, picked=True).values_list("criterion", flat=True))
    made: list[EvidenceChoice] = []
    for one in of_standard(evidence.standard):
        if one.key not in begun:
            used, kinds = {choice.event for choice in made}, kinds_of(of_criterion(one.key))
            free = [event for event in events if event.kind in kinds and (one.key, event.pk) not in chosen]
            free.sort(key=lambda event: event.pk in used)  # the newest first, as they came
            made += [
                EvidenceChoice(owner=by, criterion=one.key, event=event.pk, happened_at=event.at, picked=True, chosen_at=at)
                for event in _of_two_rules(one.key, free)
            ]
    return len(EvidenceChoice.objects.bulk_create(made))


def _of_two_rules(key: str, events: list[TrailEvent]) -> list[TrailEvent]:
    """The first event of each rule, until there are enough."""
    found: dict[str, TrailEvent] = {}
    for event in events:
        if rule := rule_of(key, event.kind, event.data):
            found.setdefault(rule.key, event)
        if len(found) == FROM_EACH:
            break
    return list(found.values())


@transaction.atomic
def write(*, by: User, at: datetime, criterion: str, words: str) -> None:
    """What the colleague says of a criterion, beside the records; no words: nothing."""
    _lock(by)
    _check_words(words)
    if words.strip():
        EvidenceStatement.objects.update_or_create(owner=by, criterion=criterion, defaults={"words": words.strip(), "written_at": at})
    else:
        EvidenceStatement.objects.filter(owner=by, criterion=criterion).delete()


@transaction.atomic
def make_link(*, by: User, at: datetime, zone: tzinfo, name: str, days: int) -> tuple[EvidenceLink, str]:
    """A link for an assessor, and its path, which is known only now. It shows the evidence as it is now, whatever changes later."""
    evidence = _lock(by)
    content = content_of(evidence, zone, at)
    if is_empty(content):
        raise Refusal("There is nothing to show yet.", possible="Pick at least one record, or write something about a criterion.")
    if EvidenceLink.objects.usable(at).filter(owner=by).count() >= MOST_LINKS:
        raise Refusal(f"You have {MOST_LINKS} links already.", possible="Revoke one that is not needed any more.")
    secret = new_key()
    dates = {"made_at": at, "expires_at": at + timedelta(days=days)}
    link = EvidenceLink.objects.create(owner=by, name=name, digest=digest_of(secret), hint=secret[:6], content=content, **dates)
    audit.record(Event.EVIDENCE_LINK_MADE, actor=by, subject=link, team_id=None, at=at, data={"until": link.expires_at.isoformat()})
    return link, f"/evidence/for/{secret}/"


@transaction.atomic
def revoke_link(*, link_id: int, by: User, at: datetime) -> EvidenceLink:
    """Whoever has it sees nothing any more, and what it showed is gone. Twice is harmless."""
    link = EvidenceLink.objects.select_for_update().get(pk=link_id)
    if link.owner_id != by.pk:
        raise NotAllowed("This is somebody else’s link.")
    return link if link.revoked_at else _revoke(link, by=by, at=at)


def note_use(link: EvidenceLink, *, at: datetime) -> None:
    """Remember that it was read, at most once a minute. No event: nobody changed anything."""
    if link.last_used_at is None or at - link.last_used_at >= timedelta(minutes=1):
        EvidenceLink.objects.filter(pk=link.pk).update(last_used_at=at)


def note_export(evidence: Evidence, *, by: User, at: datetime, how: str) -> None:
    """That it was taken out of the product is in the trail."""
    audit.record(Event.EVIDENCE_EXPORTED, actor=by, subject=evidence, team_id=None, at=at, data={"how": how})


def forget_expired(*, at: datetime, batch: int = 500) -> int:
    """What links showed goes once they have run out; return how many. Safe to run twice, late, or at once."""
    ids = EvidenceLink.objects.filter(content__isnull=False, expires_at__lte=at).order_by("expires_at").values_list("pk", flat=True)[:batch]
    return EvidenceLink.objects.filter(pk__in=list(ids)).update(content=None)


def _revoke(link: EvidenceLink, *, by: User, at: datetime) -> EvidenceLink:
    link.revoked_at, link.content = at, None
    link.save(update_fields=["revoked_at", "content"])
    audit.record(Event.EVIDENCE_LINK_REVOKED, actor=by, subject=link, team_id=None, at=at, data={})
    return link


def _lock(by: User) -> Evidence:
    """One at a time for each owner."""
    permissions.check_person(by)
    return permissions.check_on(Evidence.objects.select_for_update(of=("self",)).select_related("owner").filter(owner=by).first())


def _own_event(by: User, criterion: str, event_id: int) -> TrailEvent:
    """A line of the trail that is the colleague's own and shows the criterion."""
    mine: QuerySet[TrailEvent] = own(by)
    event = mine.filter(pk=event_id).first()
    if criterion not in CRITERIA or event is None or rule_of(criterion, event.kind, event.data) is None:
        raise Invalid("This record does not show that.", possible="Choose among the records that the page lists.")
    return event


def _choose(by: User, at: datetime, criterion: str, event: TrailEvent, *, picked: bool, words: str | None = None) -> EvidenceChoice:
    said = {"picked": picked, "chosen_at": at, **({"words": words} if words is not None else {})}
    chosen, _ = EvidenceChoice.objects.update_or_create(
        owner=by, criterion=criterion, event=event.pk, defaults=said, create_defaults={**said, "happened_at": event.at}
    )
    return chosen


def _check_period(since: date, until: date | None, *, today: date) -> None:
    last = until or max(today, since)
    if until and until < since:
        raise Invalid("The last day lies before the first one.", possible="Exchange them.", field="until")
    if since > today + timedelta(days=1):
        raise Invalid("The first day lies ahead.", possible="Choose a day that is over, or today.", field="since")
    if last - since > LONGEST_PERIOD:
        raise Invalid("That is more than two years.", possible="An assessor asks for what is recent: choose a shorter time.", field="since")


def _check_words(words: str, known: tuple[str, ...] = ()) -> None:
    if found := tells(words, known):
        raise Invalid(f"“{found}” could tell who the customer is.", possible="An assessor reads this: say “the customer”, or leave it out.", field="words")
