"""Who is on, absences and swaps by the REST API: the same operations as by the pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.doors import Doors, Listed, SinceFilters, door
from accounts.models import Team, User
from audit.queries import touched
from common.api import CleanTextField
from common.bodies import Body, ChoiceField, Filters, IdField, InstantField, VisibleField, YesNoField
from common.errors import Invalid
from handover import moves
from handover.handovers.on_duty_queries import Crew, duty
from handover.shifts import absence_operations, absence_permissions, swap_operations
from handover.shifts.absence import of_days
from handover.shifts.absence_models import Absence
from handover.shifts.models import Shift
from handover.shifts.swap_models import Swap
from handover.shifts.swap_states import State
from handover.shifts.who_rows import AbsenceRow, AbsenceWhole, DutyRow, SwapRow


def colleagues(user: User) -> Any:
    return User.objects.visible_to(user).persons()


class DayField(serializers.DateField):
    """A day from 2000 to 2099, such as 2026-03-02."""

    def to_internal_value(self, value: Any) -> Any:
        day = super().to_internal_value(value)
        if not 2000 <= day.year < 2100:
            raise serializers.ValidationError("This must lie between the years 2000 and 2100.")
        return day


class NewAbsence(Body):
    """In days (`first_day`, and `last_day` included) or by time (`starts_at`, `ends_at`). Without an end: until further notice."""

    team = VisibleField(Team.objects.visible_to, required=False)
    colleague = VisibleField(colleagues, required=False, help_text="Without: yourself. A lead tells the absences of others.")
    first_day = DayField(required=False)
    last_day = DayField(required=False, allow_null=True)
    starts_at = InstantField(required=False)
    ends_at = InstantField(required=False)
    stand_in = VisibleField(colleagues, required=False, allow_null=True)
    reason = CleanTextField(max_length=500, lines=True, required=False, allow_blank=True, help_text="Only the colleague and leads see it.")

    def validate(self, attrs: Any) -> Any:
        if ("first_day" in attrs) == ("starts_at" in attrs):
            raise serializers.ValidationError({"first_day": ["Say from when: either first_day or starts_at."]})
        if "first_day" in attrs and attrs.get("last_day") and attrs["last_day"] < attrs["first_day"]:
            raise serializers.ValidationError({"last_day": ["The last day is before the first."]})
        return attrs


class AbsenceFilters(SinceFilters):
    team = IdField(required=False)
    colleague = IdField(required=False)
    holds_at = InstantField(required=False, help_text="Only who is away at this instant: the start counts, the end does not.")


class NewSwap(Body):
    shift = VisibleField(Shift.objects.visible_to, by="ref", help_text="The reference of a shift of yours.")
    to = VisibleField(colleagues, help_text="The id of a colleague of the team.")
    return_shift = VisibleField(Shift.objects.visible_to, by="ref", required=False, allow_null=True, help_text="A shift of theirs; without: take mine.")
    words = CleanTextField(max_length=300, required=False, allow_blank=True)


class SwapFilters(SinceFilters):
    team = IdField(required=False)
    offered_by = IdField(required=False)
    offered_to = IdField(required=False)
    state = ChoiceField(choices=State.choices, required=False)


class SwapAnswer(Body):
    accept = YesNoField()
    words = CleanTextField(max_length=300, required=False, allow_blank=True)


class SwapDecision(Body):
    approve = YesNoField()
    words = CleanTextField(max_length=300, required=False, allow_blank=True, help_text="Needed where it is refused.")


def team_of(request: Request, team: Team | None) -> Team:
    found = team or getattr(request, "team", None)
    if found is None:
        raise Invalid("Say which team this is for.", field="team")
    return found


class AbsenceViewSet(Listed, Doors):
    """Who is away."""

    queryset = Absence.objects.all()
    row, whole, id_name = AbsenceRow, AbsenceWhole, "absence_id"
    filters, sort = AbsenceFilters, "starts_at"

    @extend_schema(parameters=[AbsenceFilters], responses=AbsenceRow(many=True))
    def list(self, request: Request) -> Any:
        """Absences in the teams that you see, the latest first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Absence], **wanted: Any) -> QuerySet[Absence]:
        since, holds_at = (wanted.pop(name, None) for name in ("updated_since", "holds_at"))
        rows = rows.filter(**wanted)
        if holds_at is not None:
            rows = rows.filter(pk__in=Absence.objects.at(holds_at).values("pk"))
        return rows.filter(pk__in=touched(Absence, since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=AbsenceWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One absence."""
        found = Absence.objects.get(pk=self.found())
        reason = found.reason if absence_permissions.may_read_reason(request.user, found) else None
        return Response({**AbsenceRow.one_of(Absence.objects, pk=found.pk), "reason": reason})

    @extend_schema(request=NewAbsence, responses={201: AbsenceRow})
    def create(self, request: Request) -> Response:
        """Somebody is away: marked on each shift that it takes, leads told, the stand-in put on."""
        words = self.words(NewAbsence)
        team = team_of(request, words.pop("team", None))
        first, last, starts_at, ends_at = (words.pop(name, None) for name in ("first_day", "last_day", "starts_at", "ends_at"))
        if first is not None:
            starts_at, ends_at = of_days(team, first, last)
        who = words.pop("colleague", None) or request.user
        made = moves.tell_absence(
            team=team, colleague=who, by=request.user, at=timezone.now(), starts_at=starts_at, ends_at=ends_at, whole_days=first is not None, **words
        )
        return created(self, made)

    @door(answers=AbsenceRow)
    def end(self, request: Request, ref: str) -> Response:
        """They are back, or it is called off before it began."""
        return self.make(absence_operations.be_back)


class SwapViewSet(Listed, Doors):
    """Swaps of shifts between colleagues."""

    queryset = Swap.objects.all()
    row, id_name = SwapRow, "swap_id"
    filters, sort = SwapFilters, "offered_at"

    @extend_schema(parameters=[SwapFilters], responses=SwapRow(many=True))
    def list(self, request: Request) -> Any:
        """Swaps in the teams that you see, the newest first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Swap], **wanted: Any) -> QuerySet[Swap]:
        since = wanted.pop("updated_since", None)
        rows = rows.filter(**wanted)
        return rows.filter(pk__in=touched(Swap, since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=SwapRow)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One swap."""
        return self.answer(self.found())

    @extend_schema(request=NewSwap, responses={201: SwapRow})
    def create(self, request: Request) -> Response:
        """Offer a shift of yours to a colleague: for one of theirs, or to be covered."""
        return created(self, swap_operations.offer_swap(by=request.user, at=timezone.now(), **self.words(NewSwap)))

    @door(SwapAnswer, answers=SwapRow)
    def reply(self, request: Request, ref: str) -> Response:
        """Say yes or no to what you were offered. A yes changes the rota, or asks a lead where the team wants that."""
        return self.make(swap_operations.answer_swap)

    @door(SwapDecision, answers=SwapRow)
    def decide(self, request: Request, ref: str) -> Response:
        """Approve or refuse what two colleagues agreed, as a lead."""
        return self.make(swap_operations.decide_swap)

    @door(answers=SwapRow)
    def withdraw(self, request: Request, ref: str) -> Response:
        """Take back what you offered, before it is made."""
        return self.make(swap_operations.withdraw_swap)


def created(view: Any, made: Any) -> Response:
    response: Response = view.answer(made.pk, 201)
    response["Location"] = view.request.build_absolute_uri(f"{view.request.path}{made.ref}/")
    return response


class DutyFilters(Filters):
    team = IdField(required=False, help_text="Without it the token's, or the one chosen in this session.")


class OnDutyView(APIView):
    """Who is on now."""

    metadata_class = None

    @extend_schema(parameters=[DutyFilters], responses=DutyRow)
    def get(self, request: Request) -> Response:
        """Who is on now and who is next, with job roles and how much each holds; and where nobody is."""
        sent = DutyFilters(data=request.query_params, context={"request": request})
        sent.is_valid(raise_exception=True)
        wanted = sent.validated_data.get("team")
        team = get_object_or_404(Team.objects.visible_to(request.user), pk=wanted) if wanted else team_of(request, None)
        at = timezone.now()
        found = duty(team, at)
        return Response(
            {
                "team": {"id": team.pk, "name": team.name},
                "at": at,
                "has_rota": found.has_rota,
                "now": [crew_row(crew) for crew in found.now],
                "next": crew_row(found.following) if found.following else None,
                "gaps": list(found.gaps),
            }
        )


def person(user: User | None) -> dict[str, Any] | None:
    return {"id": user.pk, "name": user.display_name} if user else None


def crew_row(crew: Crew) -> dict[str, Any]:
    slot = crew.slot
    people = [
        {
            "id": one.user.pk,
            "name": one.user.display_name,
            "job_roles": list(one.roles),
            "holds": one.holds,
            "how": one.how,
            "replaces": person(one.replaces),
            "away_from": one.away_from,
        }
        for one in crew.people
    ]
    return {"ref": slot.ref, "name": slot.name, "starts_at": slot.starts_at, "ends_at": slot.ends_at, "colleagues": people}
