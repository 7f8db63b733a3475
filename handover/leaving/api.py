"""Places in teams by the REST API: who belongs where, and leaving or going home, by which work gets its place first."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters, door
from accounts.models import Kind, Membership, User
from audit.queries import touched
from common.api import CleanTextField
from common.bodies import Body, IdField, RefField, VisibleField, once
from handover.actions.models import Action
from handover.leaving import operations, permissions, queries
from handover.leaving.operations import Plan
from handover.leaving.rows import MembershipRow, MembershipWhole, how

MOST = 500


def colleagues(user: User) -> Any:
    return User.objects.visible_to(user).persons()


class PassedOn(Body):
    """One action that goes elsewhere than the others."""

    action = RefField()
    to = VisibleField(colleagues, allow_null=True, help_text="The id of a colleague; null for the team pool.")


class Leaving(Body):
    """Who gets what. What is not named in `to` goes to `otherwise`."""

    otherwise = VisibleField(colleagues, required=False, allow_null=True, help_text="The id of a colleague; null, or left out, for the team pool.")
    to = serializers.ListField(child=PassedOn(), required=False, max_length=MOST)
    watch_to = VisibleField(
        colleagues, required=False, allow_null=True, help_text="Sees through what they passed on, and decides what they owed; without: the lead on shift."
    )
    reason = CleanTextField(max_length=300, required=False, allow_blank=True)

    def validate_to(self, named: list[dict[str, Any]]) -> dict[int, User | None]:
        """By the id of the action; each found among what the asker may see."""
        once((one["action"] for one in named), "An action goes to one place.")
        seen = Action.objects.visible_to(self.context["request"].user).filter(ref__in=[one["action"] for one in named])
        known = dict(seen.values_list("ref", "pk"))
        if wrong := {str(place): {"action": ["Not found."]} for place, one in enumerate(named) if one["action"] not in known}:
            raise serializers.ValidationError(wrong)
        return {known[one["action"]]: one["to"] for one in named}


class MembershipFilters(SinceFilters):
    team = IdField(required=False)
    colleague = IdField(required=False)


class MembershipViewSet(Listed, Doors):
    """Places in teams: who belongs where."""

    queryset = Membership.objects.all()
    lookup_field, lookup_value_regex = "pk", "[1-9][0-9]{0,17}"
    row, whole, body = MembershipRow, MembershipWhole, Leaving
    filters, sort, sort_descending = MembershipFilters, "started_at", False

    def get_queryset(self) -> QuerySet[Membership]:
        return super().get_queryset().filter(user__kind=Kind.PERSON)

    @extend_schema(parameters=[MembershipFilters], responses=MembershipRow(many=True))
    def list(self, request: Request) -> Any:
        """Who belongs to the teams that you see now, the longest first. With `updated_since` those as well who have left."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Membership], **wanted: Any) -> QuerySet[Membership]:
        since, colleague = (wanted.pop(name, None) for name in ("updated_since", "colleague"))
        rows = rows.filter(**wanted, **({"user": colleague} if colleague else {}))
        if since:
            return rows.filter(pk__in=touched(Membership, since, self.request.user.team_ids()))
        return rows.filter(ended_at__isnull=True)

    @extend_schema(responses=MembershipWhole)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One place in a team, and where the work went when its colleague left or went home last."""
        return self.shown(self.found())

    @door(Leaving, answers=MembershipWhole)
    def leave(self, request: Request, pk: str) -> Response:
        """Their place in the team ends, for good: everything they hold, offer, watch and owe gets its place first. For leads."""
        return self.go(operations.leave)

    @door(Leaving, answers=MembershipWhole)
    def go_home(self, request: Request, pk: str) -> Response:
        """They fall ill, or have to go in mid-shift: work is handed over, and they are away for the rest of it. Oneself, or a lead."""
        return self.go(operations.go_home)

    def go(self, move: Callable[..., Membership]) -> Response:
        pk = self.found()
        move(membership_id=pk, by=self.request.user, at=timezone.now(), plan=Plan(**self.words()))
        return self.shown(pk)

    def shown(self, pk: int) -> Response:
        place, user = Membership.objects.get(pk=pk), self.request.user
        event = queries.record_of(place) if permissions.may_see(user, place) else None
        return Response({**MembershipRow.one_of(Membership.objects, pk=pk), "went": how(event, queries.where_it_went(user, event)) if event else None})
