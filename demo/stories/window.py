"""Around the end of a shift: what was carried too far, what is put off, and what a rule offered because nobody had."""

from datetime import datetime

from accounts.models import User
from demo.catching_up import fire
from demo.story import Act, Brief, Step, Story, log, note
from handover import moves
from handover.actions import operations as actions
from handover.due import operations as due
from handover.due.limits import BY_RULE_AFTER
from handover.due.models import Due, Rule
from handover.due.operations import Owed
from handover.moves import owed
from handover.moves.locks import lock_action
from handover.shifts.ends import OFFER
from handover.shifts.models import Shift

DAY = 24 * 60


def crossed(after: float) -> Step:
    """One more shift change; where that is one too many, it has to be decided."""

    def count(act: Act, by: User, at: datetime) -> None:
        actions.count_change([lock_action(act.action_id).pk], change_at=at)
        if rows := owed.carried(lock_action(act.action_id), at):
            due.owe(*rows, at=at)

    return Step(after, "dev", count)


def put_off(after: float, who: str, until: float, reason: str) -> Step:
    """``until``: minutes from the story's beginning."""
    return Step(after, who, lambda act, by, at: moves.put_off(action_id=act.action_id, by=by, at=at, until=act.at(until), reason=reason))


def offered_by_rule(after: float, who: str) -> Step:
    """``who`` went home from the contact centre's night shift and still held it: 15 minutes after its end the rule acts."""

    def end(act: Act, by: User, at: datetime) -> None:
        shift = Shift.objects.filter(team=act.team, rosterings__colleague=by, ends_at__lte=at).latest("ends_at")
        due.owe(Owed(Rule.SHIFT_ENDED, shift, act.team.pk, shift.ends_at + BY_RULE_AFTER, OFFER, by.pk), at=shift.ends_at)
        fire(Due.objects.live().get(rule=Rule.SHIFT_ENDED, person=by, subject_type="shift", subject_id=shift.pk))

    return Step(after, who, end)


PIANO = Story(
    "Get a price for tuning the bar piano",
    "Weddings and events",
    ("Bridge Choir", "Bar", "choir@example.org"),
    "A tuned piano for their rehearsal",
    2 * DAY,
    Brief("The tuner has not called back.", "Two messages left.", "Ring the second tuner in the list."),
    (
        log(-1_990, "dev"),
        note(-1_500, "dev", "The tuner’s line is engaged."),
        *(crossed(36 - minutes) for minutes in (1_905, 1_440, 960, 480)),
    ),
)
MATTRESS = Story(
    "Swap the mattress in 119",
    "Housekeeping requests",
    ("Ravi Menon", "Room 119", "Room phone 119"),
    "A firmer mattress for the second week",
    None,
    Brief("He sleeps badly.", "A firm one is ordered.", "Swap it when it comes.", "Offer 121."),
    (log(-320, "marek"), put_off(-200, "marek", 2 * DAY, "The mattress is delivered the day after tomorrow.")),
)
PRESSURE = Story(
    "Ring Mrs Doyle back about her low pressure",
    "Supply",
    ("Ann Doyle", "Account 7710-2", "0113 496 0144"),
    "A call before the afternoon",
    40,
    Brief("Only upstairs, since yesterday.", "Her neighbours have full pressure.", "Ask about the stop tap, then ring her."),
    (log(-640, "graham"), note(-500, "graham", "Her neighbours have full pressure."), offered_by_rule(-449, "graham")),
)
HOTEL_WINDOW, CENTRE_WINDOW = (PIANO, MATTRESS), (PRESSURE,)
