"""An action by a ModelSerializer, a cursor list of fifty, and a page of fifty rows."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.utils import timezone
from django.views.generic import ListView
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.viewsets import ModelViewSet

from audit.models import Event
from handover.actions.models import Action
from handover.due.models import Due

PEOPLE = ("team", "service", "responsible", "created_by")


class ActionSerializer(serializers.ModelSerializer):
    """The facts of the product's own answer, with names where it has names."""

    team_name = serializers.CharField(source="team.name", read_only=True)
    service_name = serializers.CharField(source="service.name", read_only=True, default=None)
    responsible_name = serializers.CharField(source="responsible.display_name", read_only=True, default=None)
    created_by_name = serializers.CharField(source="created_by.display_name", read_only=True, default=None)

    class Meta:
        model = Action
        exclude = ("trail_salt", "sort_at")
        read_only_fields = ("ref", "state", "held_since", "created_by", "created_at", "changed_at", "closed_at", "closing_words", "version", "imported_from")


class ByPromise(CursorPagination):
    page_size = 50
    ordering = ("-sort_at", "-id")


class Actions(ModelViewSet):
    queryset = Action.objects.select_related(*PEOPLE)
    serializer_class = ActionSerializer
    pagination_class = ByPromise

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(team=self.request.team)

    @transaction.atomic
    def perform_create(self, serializer: Any) -> None:
        """The row, an event and what falls due: three plain inserts."""
        at = timezone.now()
        facts = {"state": "pool", "held_since": at, "created_by": self.request.user, "created_at": at, "changed_at": at}
        action = serializer.save(**facts, sort_at=serializer.validated_data.get("promised_by") or at)
        Due.objects.create(rule="promise", subject_type="action", subject_id=action.pk, team_id=action.team_id, due_at=action.sort_at, created_at=at)
        Event.objects.create(
            kind="action.created",
            at=at,
            actor_id=self.request.user.pk,
            actor_kind="integration",
            subject_type="handover.action",
            subject_id=action.pk,
            subject_ref=action.ref,
            team_id=action.team_id,
            data={"urgency": action.urgency},
        )


class ActionsPage(LoginRequiredMixin, ListView):
    template_name = "actions.html"

    def get_queryset(self) -> Any:
        return Action.objects.filter(team=self.kwargs["team"]).select_related(*PEOPLE).order_by("-sort_at", "-id")[:50]
