"""Who is involved in the services, the desk's refunds that go to the finance team, a service that nobody marked, and who has practised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from accounts import operations as accounts
from accounts.models import JobRole, Level, Team, User
from demo.agreed import AGREED
from demo.teams import CENTRE, HOTEL, JOINED, SHOP, Cast
from handover import moves
from handover.agreements import operations as agreements
from handover.agreements.operations import Asked, Terms
from handover.catalog import operations as catalog
from handover.catalog.models import Service
from handover.catalog.words import StepWords, SystemWords
from handover.handovers.models import Item, When
from handover.practice import operations as practice
from handover.shifts.queries import timetable
from handover.starters.front_desk import ROOM_MOVES

FINANCE = "Harbour View, finance"
OFFICER = "finance officer"
BY_WORDS = {
    "Front desk": ("host", "night receptionist"),
    "Whoever is responsible": ("host", "night receptionist", "housekeeper", "maintenance technician"),
    "Customer adviser": ("customer adviser", "night adviser"),
    "Adviser or specialist": ("customer adviser", "billing specialist"),
    "Service desk": ("service desk colleague", "service desk lead"),
    "Stockroom": ("stockroom colleague", "stockroom lead"),
    "Service desk or customer care": ("service desk colleague", "customer care colleague"),
}
SYSTEMS = {
    HOTEL: (SystemWords("Booking system", "https://bookings.example.org/"), SystemWords("Key encoder")),
    CENTRE: (SystemWords("Customer records", "https://records.example.org/"), SystemWords("Incident map", "https://map.example.org/")),
    SHOP: (SystemWords("Order system", "https://orders.example.org/"), SystemWords("Radio, channel 2")),
}
PRACTISED = (("grace", 96), ("ines", 61), ("callum", 40), ("jamie", 33), ("mina", 12), ("hollie", 20), ("imran", 19))
"""Who has practised, how many days ago."""
REFUNDS = (
    ("Refund £140 to Mr Okafor, charged twice", "The money by Friday", 150, 128),
    ("Refund £260 deposit to Harper & Sons", "An answer tomorrow", 14, None),
)
"""What, promised what, offered and accepted so many minutes ago."""
CARDS = (("Gift card for Mrs Bell does not load", 4), ("Gift card posted to the wrong address", 6), ("Gift card order of a company, 20 pieces", 9))


def roles_of(team: Team, done_by: str) -> list[int]:
    """The job roles that a step's words mean."""
    names = BY_WORDS.get(done_by, ())
    return list(JobRole.objects.filter(team=team, name__in=names).values_list("pk", flat=True)) if names else []


def make(cast: Cast, *, now: datetime) -> None:
    finance = make_finance(cast, now=now)
    refunds = make_refunds(cast, finance, now=now)
    hand_refunds_over(cast, refunds, now=now)
    pass_cards_on(cast, now=now)
    write_the_procedure(cast, now=now)
    for short, days in PRACTISED:
        colleague = cast.people[short]
        practice.record(team=Team.objects.get(memberships__user=colleague), by=colleague, at=now - timedelta(days=days))


def make_finance(cast: Cast, *, now: datetime) -> Team:
    """Two officers in an office of their own, without a rota."""
    team = cast.teams[FINANCE] = accounts.create_team(name=FINANCE, zone=cast.teams[HOTEL].zone, by=None, at=now - JOINED)
    role = accounts.add_job_role(team_id=team.pk, name=OFFICER, by=None, at=now - JOINED)
    for short, name, level in (("ruth", "Ruth Abara", Level.LEAD), ("oliver", "Oliver Grant", Level.MEMBER)):
        place = accounts.add_colleague(
            team_id=team.pk, email=f"{short}@example.org", display_name=name, level=level, job_role_ids=[role.pk], by=None, at=now - JOINED
        )
        cast.people[short] = place.user
    people = [cast.people[short].pk for short in ("ruth", "oliver")]
    User.objects.filter(pk__in=people).update(password=cast.people["amara"].password)
    return team


def make_refunds(cast: Cast, finance: Team, *, now: datetime) -> Service:
    desk, lead, at = cast.teams[HOTEL], cast.people["priya"], now - AGREED
    officers = JobRole.objects.filter(team=finance, name=OFFICER)
    steps = [
        StepWords("Listen, look at the bill", role_ids=roles_of(desk, "Front desk")),
        StepWords(
            "Promise an answer",
            point=True,
            point_name="front desk to finance",
            information="Booking, amount, last four digits of the card, what was promised",
            role_ids=roles_of(desk, "Front desk"),
        ),
        StepWords("Approve it and pay it back", team_id=finance.pk, role_ids=[role.pk for role in officers]),
        StepWords("Tell the guest", role_ids=roles_of(desk, "Front desk")),
    ]
    about = "Above the desk’s limit: the finance team pays it back."
    service = catalog.add_service(team=desk, by=lead, at=at, name="Refunds over £100", description=about, steps=steps, systems=SYSTEMS[HOTEL][:1])
    terms = Terms(
        trigger="More than £100 go back to a guest",
        to_team_id=finance.pk,
        receiving_roles=officers,
        required=[Asked("Which booking, which amount?", "B-5521, £140", "must", "must", "must"), Asked("Which card, last four digits?", "4417")],
    )
    agreements.make(point=service.handover_points.select_related("service__team").get(), by=lead, at=at, terms=terms)
    return service


def hand_refunds_over(cast: Cast, service: Service, *, now: datetime) -> None:
    priya, ruth = cast.people["priya"], cast.people["ruth"]
    for title, promise, offered, accepted in REFUNDS:
        at = now - timedelta(minutes=offered)
        item = pass_on(service, title, priya, ruth, at=at, promise=promise, promised_by=now + timedelta(hours=22), check_at=now + timedelta(hours=18))
        if accepted is not None:
            moves.accept(item_id=item.pk, by=ruth, at=now - timedelta(minutes=accepted), read_back="I pay it back to the card by Friday, else I ring him.")


def pass_cards_on(cast: Cast, *, now: datetime) -> None:
    """Gift cards are marked as one person's work; these were passed on all the same, and done."""
    desk = cast.teams[HOTEL]
    service = cast.services[desk.pk, "Gift cards"]
    for title, days in CARDS:
        for giver, receiver, at in pairs_on(cast, now - timedelta(days=days)):
            item = pass_on(service, title, giver, receiver, at=at, promise="A card that works", promised_by=at + timedelta(hours=2), check_at=None)
            moves.accept(item_id=item.pk, by=receiver, at=at + timedelta(minutes=4))
            moves.complete(action_id=item.action_id, by=receiver, at=at + timedelta(minutes=50), words="Loaded, and she has rung to say thank you.")
            moves.see_outcome(item_id=item.pk, by=giver, at=at + timedelta(minutes=60))


def pairs_on(cast: Cast, at: datetime) -> Iterator[tuple[User, User, datetime]]:
    """Two colleagues of the shift that ran then, and a moment one hour into it; the first such shift since."""
    desk, known = cast.teams[HOTEL], {person.pk: person for person in cast.people.values()}
    for slot in timetable(desk.pk, at).slots:
        crew = [known[pk] for pk in sorted(slot.crew) if pk in known]
        if slot.starts_at >= at and len(crew) > 1:
            yield crew[0], crew[1], slot.starts_at + timedelta(hours=1)
            return


def pass_on(service: Service, title: str, giver: User, receiver: User, *, at: datetime, promise: str, promised_by: datetime, check_at: datetime | None) -> Item:
    team = Team.objects.get(pk=service.team_id)
    action = moves.create(team=team, by=giver, responsible=giver, at=at, title=title, service=service, promise=promise, promised_by=promised_by)
    version = service.handover_points.first()
    asked = version.agreements.get().versions.get(state="in_force").required.all() if version else []
    entry = moves.Entry(
        action_id=action.pk,
        situation=f"{title}.",
        done_so_far="Looked at together with the guest.",
        next_step="See it through, and tell the guest",
        if_then="Ring the guest and say by when",
        answers={one.pk: "B-5521, £140" if one.position == 1 else "4417" for one in asked},
        check_at=check_at,
    )
    return moves.offer(entries=[entry], by=giver, to=receiver, at=at, when=When.IN_SHIFT, remind=False).items.get()


def write_the_procedure(cast: Cast, *, now: datetime) -> None:
    """One service is written out whole: its procedure and the systems used."""
    desk, lead = cast.teams[HOTEL], cast.people["priya"]
    service = cast.services[desk.pk, "Room moves"]
    steps = [
        StepWords(
            step.name, step.done_by, bool(points), points[0].name if points else "", step.pk, ROOM_MOVES.parts[1].information if points else "", None, roles
        )
        for step in service.steps.prefetch_related("handover_points", "job_roles")
        for points, roles in [(list(step.handover_points.all()), [role.pk for role in step.job_roles.all()])]
    ]
    catalog.change_service(
        service=service,
        by=lead,
        at=now - AGREED,
        name=service.name,
        relies_on_teamwork=True,
        description=service.description,
        procedure=ROOM_MOVES.procedure,
        steps=steps,
        systems=SYSTEMS[HOTEL],
    )
