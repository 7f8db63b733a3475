"""What a person chooses about notices: until when one is put off, and which come by e-mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django import forms

from accounts.models import Preference, User
from common.widgets import Switch
from handover.notifications.models import Kind
from handover.shifts.queries import timetable


class Group(NamedTuple):
    """Kinds that are switched together. ``fixed``: cannot be turned off; ``on_request``: off until somebody turns it on."""

    name: str
    label: str
    help: str
    kinds: tuple[Kind, ...]
    fixed: bool = False
    on_request: bool = False

    def is_on(self, chosen: dict[str, list[str]]) -> bool:
        by_default = [] if self.on_request else ["email"]
        return all("email" in chosen.get(kind, by_default) for kind in self.kinds)


GROUPS = (
    Group("own", "A reminder I set", "At the time you chose when you handed over", (Kind.OWN_REMINDER,)),
    Group(
        "accepted",
        "Nobody has accepted in the agreed time",
        "Cannot be turned off: the action is still yours",
        (Kind.NOT_ACCEPTED, Kind.OFFER_LAPSED, Kind.LAPSED),
        fixed=True,
    ),
    Group("offered", "Something is handed to me", "An action to read, and to accept or decline", (Kind.OFFERED, Kind.REASSIGNED)),
    Group(
        "questions",
        "Questions and read-backs",
        "Somebody asks, answers, or says what they will do",
        (Kind.QUERIED, Kind.QUERY_ANSWERED, Kind.QUERY_WAITS, Kind.READ_BACK),
    ),
    Group("checks", "A completion check", "Was it completed? And when nobody has said", (Kind.CHECK_ASKED, Kind.CHECK_WAITS)),
    Group(
        "next",
        "What happens next",
        "An action came back, could not be completed, or I am asked for help",
        (Kind.DECLINED, Kind.UNABLE, Kind.FOLLOW_UP_WAITS, Kind.ESCALATED, Kind.REOPENED, Kind.CARRIED, Kind.BACK_AGAIN),
    ),
    Group(
        "promise",
        "A promise to a customer runs out",
        "30 min before, as it passes, and when the customer had to ask",
        (Kind.PROMISE, Kind.CHASED),
    ),
    Group("shift", "My shift ends soon", "What I still hold, 30 and 10 min before I go, and what was offered by rule", (Kind.NOTHING_OFFERED, Kind.BY_RULE)),
    Group(
        "team",
        "The team needs somebody",
        "An action that nobody holds, or nobody on shift can take; somebody left",
        (Kind.IN_POOL, Kind.NO_ONE_ELIGIBLE, Kind.LEFT_UNACCEPTED, Kind.LEFT_TEAM),
    ),
    Group(
        "agreements",
        "How we hand over changes",
        "A proposal to answer, an agreement in force or due for review, a policy to read",
        (Kind.PROPOSED, Kind.AGREEMENT_WAITS, Kind.AGREED, Kind.AGREEMENT_REVIEW, Kind.POLICY),
    ),
    Group(
        "rota",
        "My shifts change",
        "A lead changes the rota, or a colleague offers or answers a swap",
        (Kind.ROSTERED, Kind.SWAP_OFFERED, Kind.SWAP_ANSWERED, Kind.SWAP_WAITS),
    ),
    Group(
        "reviews",
        "Reviews and improvements",
        "My view, my answer or my judgement is waited for; handovers to observe",
        (
            Kind.REVIEW_OPENED,
            Kind.REVIEW_WAITS,
            Kind.REVIEW_TO_CLOSE,
            Kind.OBSERVE,
            Kind.IMPROVING,
            Kind.IMPROVEMENT_WAITS,
            Kind.IMPROVEMENT_DUE,
            Kind.IMPROVEMENT_JUDGE,
        ),
    ),
    Group("reports", "A shift report to sign", "Mine, and as a lead those that nobody signs", (Kind.REPORT_WAITS,)),
    Group("digest", "Every signed shift report", "Its figures and a link, once both shifts have signed", (Kind.REPORT,), on_request=True),
    Group("week", "How my team shared its work last week", "For leads, on Mondays: the three things that stand out", (Kind.SHARING_WEEK,), on_request=True),
)


class RemindersForm(forms.Form):
    """One switch for e-mail as a whole, and one for each group of reminders."""

    email_notices = forms.BooleanField(label="E-mail", required=False, widget=Switch)

    def __init__(self, data: Any = None, *, preference: Preference, email: str) -> None:
        chosen = preference.reminders
        initial: dict[str, Any] = {group.name: group.is_on(chosen) for group in GROUPS}
        super().__init__(data, initial={**initial, "email_notices": preference.email_notices})
        self.fields["email_notices"].help_text = email
        for group in GROUPS:
            self.fields[group.name] = forms.BooleanField(label=group.label, help_text=group.help, required=False, disabled=group.fixed, widget=Switch)
            if group.fixed:
                self.initial[group.name] = True

    def reminders(self) -> list[Any]:
        return [self[group.name] for group in GROUPS]

    def move_arguments(self) -> dict[str, Any]:
        """Only what differs from the default is kept."""
        free = [(group, self.cleaned_data[group.name]) for group in GROUPS if not group.fixed]
        differs = {str(kind): ["email"] if on else [] for group, on in free if on == group.on_request for kind in group.kinds}
        return {"email_notices": self.cleaned_data["email_notices"], "reminders": differs}


class SnoozeForm(forms.Form):
    UNTIL = (("10_min", "In 10 min"), ("1_h", "In 1 h"), ("next_shift", "My next shift"))
    until = forms.ChoiceField(label="Remind me", choices=UNTIL)


PUT_OFF = {"10_min": timedelta(minutes=10), "1_h": timedelta(hours=1), "next_shift": timedelta(hours=8)}


def instant_of(until: str, *, user: User, team_id: int | None, at: datetime) -> datetime:
    """Until when it is put off; *my next shift* without a team, or without a rota, is eight hours later."""
    if until == "next_shift" and team_id is not None:
        return timetable(team_id, at).next_start(user.pk, at)
    return at + PUT_OFF[until]
