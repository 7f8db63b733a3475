"""Notices by the REST API: one's own, and nobody else's."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Nothing, door
from common.api import KeysetPagination
from common.bodies import Body, ChoiceField, Filters, YesNoField
from handover.notifications import operations
from handover.notifications.forms import SnoozeForm, instant_of
from handover.notifications.models import Kind, Notification
from handover.notifications.rows import NotificationRow


class NotificationFilters(Filters):
    standing = YesNoField(required=False, help_text="True: only what counts on the bell, neither read, settled nor put off.")
    needs_you = YesNoField(required=False)
    kind = ChoiceField(choices=Kind.choices, required=False)


class PutOff(Body):
    """Until when: 10 minutes, an hour, or the start of your next shift."""

    until = ChoiceField(choices=SnoozeForm.UNTIL)


class NotificationViewSet(Doors):
    """Notices to whoever asks."""

    queryset = Notification.objects.all()
    lookup_field, lookup_value_regex = "pk", "[1-9][0-9]{0,17}"
    row, id_name = NotificationRow, "notice_id"
    pagination_class, sort, has_etag = KeysetPagination, "at", False

    @extend_schema(parameters=[NotificationFilters], responses=NotificationRow(many=True))
    def list(self, request: Request) -> HttpResponse:
        """Your notices, the newest first."""
        wanted = NotificationFilters(data=request.query_params, context={"request": request})
        wanted.is_valid(raise_exception=True)
        narrow = dict(wanted.validated_data)
        standing = narrow.pop("standing", None)
        rows = self.get_queryset().filter(**narrow)
        if standing is not None:
            now = self.get_queryset().standing(timezone.now())
            rows = rows.filter(pk__in=now.values("pk")) if standing else rows.exclude(pk__in=now.values("pk"))
        pages = self.pagination_class()
        found = pages.paginate_queryset(rows.values(*self.row.columns()), request, self)
        return pages.get_paginated_response(self.row.page_of(found))

    @extend_schema(responses=NotificationRow)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One notice of yours."""
        return self.answer(self.found())

    @door(Nothing, answers=NotificationRow)
    def read(self, request: Request, pk: str) -> Response:
        """Mark it as read. Doing it twice changes nothing."""
        return self.make(operations.read)

    @door(PutOff, answers=NotificationRow)
    def snooze(self, request: Request, pk: str) -> Response:
        """Put it off: it counts again when that time has come."""
        team_id = self.get_queryset().values_list("team_id", flat=True).get(pk=self.found())
        until: Any = self.words(PutOff)["until"]
        at = timezone.now()
        return self.make(operations.snooze, until=instant_of(until, user=request.user, team_id=team_id, at=at))
