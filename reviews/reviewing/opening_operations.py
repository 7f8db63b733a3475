"""Opening reviews: by hand, or by themselves when a cycle's time has come. Evidence, questions and people are fixed then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Kind as UserKind
from accounts.models import Membership, Team, User
from audit import operations as audit
from common.errors import Invalid, Refusal
from handover.agreements.models import Agreement, AgreementVersion
from handover.catalog.models import HandoverPoint, Service
from handover.due import operations as due
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from reviews.events import Event
from reviews.reviewing import form_operations, gathering, permissions, queries, timing
from reviews.reviewing.cycle_models import DAYS_OPEN, MOST_DAYS
from reviews.reviewing.models import Participant, Review, ReviewCycle, ReviewForm, ReviewQuestion
from reviews.sharing import rollups

LONGEST = timedelta(days=366 * 2)
AT_ONCE = 20
LONGEST_TITLE = 120


@dataclass(frozen=True)
class About:
    """What a review looks at: the days from ``since`` (included) to ``until`` (not included), all of a team's handovers or a part of them."""

    since: date
    until: date
    service: Service | None = None
    agreement: Agreement | None = None
    point: HandoverPoint | None = None
    when: str = ""

    @property
    def is_whole(self) -> bool:
        return not (self.service or self.agreement or self.point or self.when)


@transaction.atomic
def start(*, team: Team, by: User, at: datetime, about: About, title: str = "", form: ReviewForm | None = None, days_open: int = DAYS_OPEN) -> Review:
    """A lead opens a review now, with the counts brought up to this moment."""
    permissions.check_run(by, team.pk)
    rollups.refresh(at=at)
    return begin(team=team, by=by, at=at, about=about, title=title, form=form, days_open=days_open)


@transaction.atomic
def begin(*, team: Team, by: User, at: datetime, about: About, title: str = "", form: ReviewForm | None = None, days_open: int = DAYS_OPEN) -> Review:
    """The same with the counts as they are. Refused while one of the same handovers is open: pressing twice opens one."""
    permissions.check_run(by, team.pk)
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    _check(team, about, form, days_open)
    same = Review.objects.open().filter(team=team, since=about.since, until=about.until, when=about.when)
    if open_one := same.filter(service=about.service, agreement=about.agreement, point=about.point).first():
        raise Refusal(f"These handovers are being reviewed already, in {open_one.ref}.", possible="Give your view there, or choose other days.")
    return _open(team, about, form or form_operations.usual(team, at=at), at=at, by=by, title=title.strip(), days_open=days_open)


def open_due(*, at: datetime) -> int:
    """By rule: open what has come; return how many. Harmless to run twice at once, or late: a cycle that missed several times opens one."""
    opened = 0
    while ids := list(_due(at).values_list("pk", flat=True)[:AT_ONCE]):
        found = sum(_open_cycle(pk, at=at) for pk in ids)
        opened += found
        if len(ids) < AT_ONCE or not found:  # the rest is in another worker's hands
            break
    return opened


@transaction.atomic
def _open_cycle(cycle_id: int, *, at: datetime) -> bool:
    """Open the review of one cycle, unless another worker has it, or has just done it."""
    cycle = (
        _due(at)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("team", "form", "service", "agreement__point__service")
        .filter(pk=cycle_id)
        .first()
    )
    if cycle is None:
        return False
    today = cycle.team.local(at).date()
    cycle.opens_at = timing.next_opening(cycle.opens_at, cycle.weeks, at=at, zone=cycle.team.tz)
    cycle.save(update_fields=["opens_at"])
    about = About(today - timedelta(weeks=cycle.weeks), today, service=cycle.service, agreement=cycle.agreement)
    if Review.objects.filter(cycle=cycle, until=today).exists():
        return False
    _open(cycle.team, about, cycle.form, at=at, cycle=cycle, days_open=cycle.days_open)
    return True


def _due(at: datetime) -> QuerySet[ReviewCycle]:
    return ReviewCycle.objects.filter(paused=False, opens_at__lte=at).order_by("opens_at", "pk")


def _open(
    team: Team, about: About, form: ReviewForm, *, at: datetime, by: User | None = None, cycle: ReviewCycle | None = None, title: str = "", days_open: int
) -> Review:
    closes_at = timing.closing(team.local(at).date(), days_open, team.tz)
    step, next_at = timing.following(at, closes_at, at=at)
    review = Review.objects.create(
        team=team,
        other_team=_other_team(about, team),
        cycle=cycle,
        title=(title or _title(about))[:LONGEST_TITLE],
        service=about.service,
        agreement=about.agreement,
        point=about.point,
        when=about.when,
        since=about.since,
        until=about.until,
        opened_at=at,
        opened_by=by,
        closes_at=closes_at,
        next_step=step,
        next_at=next_at,
    )
    names = ("position", "question", "hint", "kind", "options", "evidence")
    ReviewQuestion.objects.bulk_create(ReviewQuestion(review=review, **row) for row in form.questions.values(*names))
    if cycle is not None or about.is_whole:
        queries.waiting_suggestions(team.pk).update(review=review)
    review.evidence = gathering.gather(review, at=at)
    review.save(update_fields=["evidence"])
    _ask(review, at=at, by=by)
    data = {"cycle": cycle.pk if cycle else None, "form": form.pk, "rule": "" if by else "review_cycle"}
    audit.record(Event.REVIEW_OPENED, actor=by, subject=review, team_id=team.pk, also_team_id=review.other_team_id, at=at, data=data)
    return review


def _ask(review: Review, *, at: datetime, by: User | None) -> None:
    """Everybody concerned is asked: the active colleagues of the team, and of the other receiving team. One of both is asked once."""
    places = Membership.objects.current().filter(user__is_active=True, user__kind=UserKind.PERSON).prefetch_related("job_roles")
    asked: dict[int, Participant] = {}
    for team in filter(None, (review.team, review.other_team)):
        for place in places.filter(team=team).order_by("user__display_name", "pk"):
            role = place.roles_line() if team.pk == review.team_id else team.name
            asked.setdefault(place.user_id, Participant(review=review, person_id=place.user_id, team=team, role=role[:200], asked_at=at))
    own = gathering.own_figures(gathering.scope_of(review), list(asked))
    for person_id, one in asked.items():
        one.own = own[person_id]
    Participant.objects.bulk_create(asked.values())
    notifications.tell(Kind.REVIEW_OPENED, to=list(asked), about=review, at=at, by=None, team_id=review.team_id, what=review.title)
    due.ring()


def _other_team(about: About, team: Team) -> Team | None:
    if about.agreement is None:
        return None
    version = AgreementVersion.objects.in_force().filter(agreement=about.agreement).select_related("to_team").first()
    other = version.to_team if version else None
    return None if other is None or other.pk == team.pk else other


def _title(about: About) -> str:
    point = about.point or (about.agreement.point if about.agreement else None)
    if point is not None:
        return f"{point.service}: how do we share “{point.name}”?"
    return f"How do we share {_in_a_sentence(about.service.name)}?" if about.service else "How do we share our work?"


def _in_a_sentence(name: str) -> str:
    """“metering disputes”, but “IT faults”."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _check(team: Team, about: About, form: ReviewForm | None, days_open: int) -> None:
    if about.until <= about.since:
        raise Invalid("The last day is before the first.", possible="Choose a later one.", field="until")
    if about.until - about.since > LONGEST:
        raise Invalid("At most two years at once.", possible="Choose a later first day.", field="since")
    if not 1 <= days_open <= MOST_DAYS:
        raise Invalid(f"A review is open for 1 to {MOST_DAYS} days.", field="days_open")
    of_other_teams = [
        form is not None and form.team_id != team.pk,
        about.service is not None and about.service.team_id != team.pk,
        about.agreement is not None and about.agreement.team_id != team.pk,
        about.point is not None and about.point.service.team_id != team.pk,
    ]
    if any(of_other_teams):
        raise Invalid("This belongs to another team.", possible="Choose something of your own team.")
