"""What the API takes about actions."""

from typing import Any

from accounts.doors import SinceFilters
from accounts.models import Team, User
from common.api import CleanTextField
from common.bodies import Body, ChoiceField, IdField, InstantField, VisibleField, WordField, YesNoField
from handover.actions.states import State
from handover.catalog.models import Service
from handover.due.limits import Urgency
from handover.handovers.models import Item
from handover.moves import NowWhat

LONG = 4_000


def teams(user: User) -> Any:
    return Team.objects.visible_to(user)


def colleagues(user: User) -> Any:
    return User.objects.visible_to(user).persons()


def services(user: User) -> Any:
    return Service.objects.visible_to(user)


def items(user: User) -> Any:
    return Item.objects.visible_to(user)


class ActionWords(Body):
    """What is typed about an action."""

    title = CleanTextField(max_length=200, help_text="What is to be done.")
    service = VisibleField(services, required=False, allow_null=True, help_text="The id of one of the team's services.")
    customer_name = CleanTextField(max_length=120, required=False, allow_blank=True)
    customer_reference = CleanTextField(max_length=60, required=False, allow_blank=True, help_text="Room, booking or account.")
    customer_contact = CleanTextField(max_length=120, required=False, allow_blank=True)
    promise = CleanTextField(max_length=LONG, lines=True, required=False, allow_blank=True, help_text="What the customer was told.")
    promised_by = InstantField(required=False, allow_null=True)
    urgency = ChoiceField(choices=Urgency.choices, required=False)


class NewAction(ActionWords):
    """A new action: held by `responsible` or, without, in the team's pool."""

    team = VisibleField(teams, required=False, help_text="The id of the team; without it the token's, or the one chosen in this session.")
    responsible = VisibleField(colleagues, required=False, allow_null=True, help_text="The id of a colleague of the team.")
    external_ref = CleanTextField(
        max_length=120, required=False, allow_null=True, help_text="Your own reference: what has it already is answered, and nothing is made."
    )


class ActionChange(ActionWords):
    """What is to be changed."""

    title = CleanTextField(max_length=200, required=False)


class Completed(Body):
    words = CleanTextField(max_length=LONG, lines=True, required=False, allow_blank=True, help_text="How it went.")


class Reasoned(Body):
    reason = CleanTextField(max_length=LONG, lines=True)


class Reassignment(Body):
    to = VisibleField(colleagues, allow_null=True, help_text="The id of a colleague of the team; null: the pool.")
    reason = CleanTextField(max_length=LONG, lines=True)


class NewNote(Body):
    text = CleanTextField(max_length=LONG, lines=True)
    item = VisibleField(items, by="ref", required=False, allow_null=True, help_text="Makes it an addendum to this item's brief.")


class NewContact(Body):
    channel = CleanTextField(max_length=60, required=False, allow_blank=True, help_text="How: telephone, at the desk …")
    text = CleanTextField(max_length=LONG, lines=True, required=False, allow_blank=True)
    chased = YesNoField(required=False, help_text="They had to ask before it was done.")


class NewPromise(Body):
    """Another time, agreed with the customer."""

    promised_by = InstantField()
    customer_told = YesNoField()
    promise = CleanTextField(max_length=LONG, lines=True, required=False, allow_blank=True)
    reason = CleanTextField(max_length=LONG, lines=True, required=False, allow_blank=True)


class Pause(Body):
    """Do nothing about it before then; its holder goes on holding it."""

    until = InstantField(help_text="Ahead, and not after the time promised to the customer.")
    reason = CleanTextField(max_length=300)


class CarriedDecision(Body):
    """What happens with an action that was carried over more than 3 shifts."""

    decision = ChoiceField(choices=NowWhat.choices)
    time = InstantField(required=False, allow_null=True, help_text="For *do_now* and *new_time*.")
    customer_told = YesNoField(required=False, help_text="Needed for *new_time*.")
    reason = CleanTextField(max_length=LONG, lines=True, required=False, allow_blank=True, help_text="Needed for *escalate*, *close* and *go_on*.")


class ActionFilters(SinceFilters):
    team = IdField(required=False)
    state = ChoiceField(choices=[("open", "held or in the pool"), *State.choices], required=False)
    responsible = IdField(required=False, help_text="The id of a colleague.")
    urgency = ChoiceField(choices=Urgency.choices, required=False)
    service = IdField(required=False)
    external_ref = WordField(max_length=120, required=False)
    late = YesNoField(required=False, help_text="The time promised to the customer has passed, and it is open.")
    given = YesNoField(required=False, help_text="Only what a team of yours gave to another team; without it, what your teams hold.")
