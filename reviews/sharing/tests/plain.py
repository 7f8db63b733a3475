"""The figures once more, in plain Python over the rows and the trail, written from the rules that the pages show and not from the SQL."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from audit.models import Event
from handover.handovers.brief import Answer, Brief, Query, Seen
from handover.handovers.models import Item

Count = tuple[float, float]
MINUTE, HALF_AN_HOUR, DAY = timedelta(minutes=1), timedelta(minutes=30), timedelta(hours=24)
EDGES = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440)
PARTS = ("situation", "promise", "done_so_far", "next_step", "if_then")


def figures(items: list[Item], at: datetime) -> dict[str, Count]:
    """Numerator and denominator of each figure over these items, as they stand at ``at``."""
    counts: dict[str, list[float]] = defaultdict(lambda: [0, 0])
    for item in items:
        if item.imported_from or (item.state == "withdrawn" and item.accepted_at is None):
            continue
        for name, (numerator, denominator) in of_one(item, at).items():
            counts[name][0] += numerator
            counts[name][1] += denominator
    return {name: (n, d) for name, (n, d) in counts.items()}


def of_one(item: Item, at: datetime) -> dict[str, Count]:
    found: dict[str, Count] = {"given": (1, 1), "carried_far": (item.action.carried > 3, 1), "by_rule": (item.handover.rule != "", 1)}
    found["queries"] = (Query.objects.filter(item=item).count(), 1)
    found["gone_past"] = (bool(item.override_reason or item.missing_reason), 1)
    found["missing"] = (is_missing(item), 1)
    found |= in_time(item, at) | waited(item, at) | read_back(item) | checks(item, at) | afterwards(item, at)
    if item.accepted_by and (seen := Seen.objects.filter(item=item, colleague=item.accepted_by).first()):
        found["reading"] = ((item.accepted_at - seen.at).total_seconds() / 60, 1)
    return found


def is_missing(item: Item) -> bool:
    brief = Brief.objects.get(item=item)
    asked = [answer.text for answer in Answer.objects.filter(brief=brief) if answer.need != "no"]
    return brief.promised_by is None or any(not text.strip() for text in (*(getattr(brief, part) for part in PARTS), *asked))


def in_time(item: Item, at: datetime) -> dict[str, Count]:
    answered = item.accepted_at or (item.ended_at if item.state == "declined" else None)
    if item.accept_by is None:
        return {}
    if answered:
        return {"in_time": (answered <= item.accept_by, 1)}
    return {"in_time": (0, 1)} if item.state == "lapsed" or item.accept_by < at else {}


def waited(item: Item, at: datetime) -> dict[str, Count]:
    if item.state == "declined" and not item.accepted_at:
        return {}
    return {"minutes": (((item.accepted_at or item.ended_at or at) - item.offered_at).total_seconds() / 60, 1)}


def read_back(item: Item) -> dict[str, Count]:
    first = Event.objects.filter(subject_type="handover.item", subject_id=item.pk, kind="item.read_back_answered").order_by("id").first()
    return {"read_back_right": (first.data["right"], 1)} if first else {}


def checks(item: Item, at: datetime) -> dict[str, Count]:
    all_checks = sorted(item.checks.exclude(state="cancelled"), key=lambda check: (check.set_at, check.due_at))
    due = [check for check in all_checks if check.due_at <= at and not (check.answered_at and check.answered_at < check.due_at)]
    put = [check for check in all_checks if check.asked_at and (check.answered_at or check.asked_at + HALF_AN_HOUR <= at)]
    found: dict[str, Count] = {
        "asked_in_time": (sum(bool(check.asked_at and check.asked_at <= check.due_at + MINUTE) for check in due), len(due)),
        "answered_in_time": (sum(bool(check.answered_at and check.answered_at <= check.asked_at + HALF_AN_HOUR) for check in put), len(put)),
    }
    if item.accepted_at and all_checks:
        limit = all_checks[0].due_at + HALF_AN_HOUR
        if item.outcome or limit < at:
            found["complete_by_check"] = (item.outcome == "completed" and item.ended_at <= limit, 1)
    return found


def afterwards(item: Item, at: datetime) -> dict[str, Count]:
    owed = list(item.followups.all())
    found: dict[str, Count] = {"followed_up": (sum(bool(one.decided_at and one.decided_at <= end_of_shift(one)) for one in owed), len(owed))}
    if item.accepted_at:
        found["unable"] = (bool(owed), 1)
        back = [other.accepted_at for other in item.action.items.filter(accepted_by=item.giver, accepted_at__gt=item.accepted_at)]
        back += [item.ended_at] if item.state == "taken_back" else []
        came = any(when <= item.accepted_at + DAY for when in back)
        if came or item.accepted_at + DAY <= at:
            found["bounced"] = (came, 1)
        onward = item.action.items.filter(giver=item.accepted_by, accepted_at__gt=item.accepted_at, handover__when="in_shift")
        passed = any(other.accepted_by != item.giver and other.accepted_at <= item.accepted_at + DAY for other in onward)
        if passed or item.accepted_at + DAY <= at:
            found["passed_on"] = (passed, 1)
    if item.outcome == "completed":
        found["not_chased"] = (not item.action.contacts.filter(chased=True, at__gte=item.offered_at).exists(), 1)
    return found


def end_of_shift(owed) -> datetime:
    running = [shift.ends_at for shift in owed.team.shifts.all() if shift.starts_at <= owed.owed_at < shift.ends_at]
    return max(running, default=owed.owed_at + timedelta(hours=8))


def marks(items: list[Item], at: datetime) -> dict[str, Counter[str]]:
    """How many handovers each mark of these charts stands for."""
    counted = [item for item in items if not item.imported_from and not (item.state == "withdrawn" and item.accepted_at is None)]
    minutes = Counter((item.offered_at.replace(second=0, microsecond=0)) for item in counted)
    found: dict[str, Counter[str]] = {name: Counter() for name in ("slot", "bulk", "bucket", "gone_past_why", "taken_by_shift")}
    for item in counted:
        slot = str(item.offered_at.astimezone(item.from_team.tz).hour // 2)
        for _, decided in in_time(item, at).values():
            found["slot"][slot] += decided
        if minutes[item.offered_at.replace(second=0, microsecond=0)] >= 10:
            found["bulk"][slot] += 1
        for lasted, _ in waited(item, at).values():
            found["bucket"][str(sum(lasted >= edge for edge in EDGES))] += 1
        if item.override_reason or item.missing_reason:
            found["gone_past_why"]["rule" if item.override_reason else "detail"] += 1
        if item.accepted_at and item.to_team_id == item.from_team_id:
            found["taken_by_shift"][""] += 1
    return found
