"""What the API takes about handovers and items."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from rest_framework import serializers

from accounts.doors import SinceFilters
from accounts.models import Membership, User
from common.api import CleanTextField
from common.bodies import NOT_FOUND, Body, ChoiceField, IdField, InstantField, RefField, VisibleField, YesNoField, once
from handover.actions.models import Action
from handover.agreements.models import AgreementVersion, RequiredInformation
from handover.handovers.models import When
from handover.handovers.states import State
from handover.moves import Entry
from handover.shifts.models import Shift

LONG = 4_000
MOST = 50


def receiving(user: User) -> Any:
    """Ids of the other teams that an agreement of one's teams names as the receiver."""
    named = AgreementVersion.objects.in_force().filter(to_team__isnull=False)
    ids = user.team_ids()
    return (named if ids is None else named.filter(agreement__team_id__in=ids)).values("to_team")


def colleagues(user: User) -> Any:
    """Those one sees, and those of the teams that receive by agreement."""
    theirs = Membership.objects.current().filter(user=OuterRef("pk"), team__in=receiving(user))
    return User.objects.persons().filter(Q(pk__in=User.objects.visible_to(user).values("pk")) | Exists(theirs))


def shifts(user: User) -> Any:
    """Those one sees, and those of the teams that receive by agreement."""
    return Shift.objects.filter(Q(pk__in=Shift.objects.visible_to(user).values("pk")) | Q(team__in=receiving(user)))


def text(**more: Any) -> CleanTextField:
    return CleanTextField(**{"max_length": LONG, "lines": True, "required": False, "allow_blank": True, **more})


class RequiredAnswer(Body):
    """The answer to one question of the required information."""

    required = IdField(help_text="The id of the question, from the agreement in force.")
    text = CleanTextField(max_length=LONG, lines=True, allow_blank=True)


class OfferedAction(Body):
    """One action and its brief. What is left out of `promise` and `promised_by` is taken from the action."""

    action = RefField()
    situation = text()
    promise = text(allow_null=True)
    promised_by = InstantField(required=False, allow_null=True)
    done_so_far = text()
    next_step = text()
    if_then = text(help_text="If it goes wrong, do what?")
    answers = serializers.ListField(child=RequiredAnswer(), required=False, max_length=MOST)
    check_at = InstantField(required=False, allow_null=True, help_text="When completion is checked; without it, by rule.")
    missing_reason = CleanTextField(max_length=300, required=False, allow_blank=True, help_text="Why it goes with details missing.")

    def validate_answers(self, answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
        once((one["required"] for one in answers), "A question is answered once.")
        return answers


class NewHandover(Body):
    """An offer of some actions to one colleague or to one shift."""

    entries = serializers.ListField(child=OfferedAction(), min_length=1, max_length=MOST)
    to = VisibleField(colleagues, required=False, allow_null=True, help_text="The id of a colleague; this or `to_shift`.")
    to_shift = VisibleField(shifts, by="ref", required=False, allow_null=True, help_text="The reference of a shift; this or `to`.")
    when = ChoiceField(choices=When.choices, required=False)
    warm = YesNoField(required=False, help_text="Spoken as well.")
    channel = CleanTextField(max_length=200, required=False, allow_blank=True, help_text="How it was spoken.")
    override_reason = CleanTextField(max_length=300, required=False, allow_blank=True, help_text="Why a rule about the receiver is gone past.")
    remind = YesNoField(required=False, help_text="Remind the giver; true where left out.")

    def validate_entries(self, entries: list[dict[str, Any]]) -> list[Entry]:
        """Find every action and every question among what the asker may see, in one statement each."""
        once((entry["action"] for entry in entries), "An action is handed over once.")
        user = self.context["request"].user
        known = dict(Action.objects.visible_to(user).filter(ref__in=[entry["action"] for entry in entries]).values_list("ref", "pk"))
        asked = {answer["required"] for entry in entries for answer in entry.get("answers", [])}
        versions = AgreementVersion.objects.visible_to(user).values("pk")
        questions = set(RequiredInformation.objects.filter(pk__in=asked, version__in=versions).values_list("pk", flat=True)) if asked else set()
        if wrong := {number: errors for number, entry in enumerate(entries) if (errors := missing(entry, known, questions))}:
            raise serializers.ValidationError({str(number): errors for number, errors in wrong.items()})
        return [entry_of(entry, known) for entry in entries]


def missing(entry: dict[str, Any], known: dict[str, int], questions: set[int]) -> dict[str, Any]:
    errors: dict[str, Any] = {} if entry["action"] in known else {"action": [NOT_FOUND]}
    unknown = {str(place): {"required": [NOT_FOUND]} for place, one in enumerate(entry.get("answers", [])) if one["required"] not in questions}
    return {**errors, **({"answers": unknown} if unknown else {})}


def entry_of(entry: dict[str, Any], known: dict[str, int]) -> Entry:
    words = {name: value for name, value in entry.items() if name not in ("action", "answers")}
    answers = {one["required"]: one["text"] for one in entry.get("answers", [])}
    return Entry(action_id=known[entry["action"]], answers=answers, **words)


class Acceptance(Body):
    read_back = text(help_text="In your own words: what you will do, by when, and what if it goes wrong. Where the agreement asks for it.")


class WithReason(Body):
    reason = CleanTextField(max_length=LONG, lines=True)


class PerhapsReason(Body):
    reason = text()


class Question(Body):
    text = CleanTextField(max_length=LONG, lines=True)


class ReadBackAnswer(Body):
    right = YesNoField()
    words = text(help_text="What is not quite right; needed where it is not.")


class Reminder(Body):
    remind_at = InstantField(allow_null=True, help_text="Null drops the reminder.")


class HandoverFilters(SinceFilters):
    team = IdField(required=False, help_text="The team that hands over.")
    to_team = IdField(required=False)
    giver = IdField(required=False)


class ItemFilters(SinceFilters):
    from_team = IdField(required=False)
    to_team = IdField(required=False)
    giver = IdField(required=False)
    receiver = IdField(required=False)
    state = ChoiceField(choices=[("on_offer", "offered or queried"), *State.choices], required=False)
    action = RefField(required=False)
    handover = RefField(required=False)
    late = YesNoField(required=False, help_text="On offer, and the time to accept has run out.")
