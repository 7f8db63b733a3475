"""What the view sets of the REST API share: things found only among what the asker may see, one POST per move, lists that know
whether anything changed since."""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.models import Team, User
from audit.queries import newest_marker
from common.api import KeysetPagination, not_modified, with_etag
from common.bodies import BIGGEST, Body, Filters, Seer
from common.idempotency import IdempotentPosts
from common.keyset import page_from
from common.prepared import prepared
from common.rows import Row

PAGING = {"cursor", "limit"}  # no filters: the pages look at them
Method = TypeVar("Method", bound=Callable[..., Any])


class Nothing(Body):
    """This needs no words."""


class TrailPages(KeysetPagination):
    """Pages that say where in the trail they were read: send ``next_updated_since`` back as ``updated_since`` for what changed after it."""

    marker = ""

    def get_paginated_response(self, data: Any) -> Response:
        response = super().get_paginated_response(data)
        response.data["next_updated_since"] = int(self.marker.partition(".")[0] or 0)
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        pages = super().get_paginated_response_schema(schema)
        position = {"type": "integer", "format": "int64", "minimum": 0, "description": "Keep the one of the first page, and send it as `updated_since`."}
        return {**pages, "required": [*pages["required"], "next_updated_since"], "properties": {**pages["properties"], "next_updated_since": position}}


class SinceFilters(Filters):
    updated_since = serializers.IntegerField(
        min_value=0, max_value=BIGGEST, required=False, help_text="A position in the trail: only what changed after it. Begin with 0."
    )


class Doors(IdempotentPosts, GenericViewSet):
    """Reading, and one POST per move. ``row`` is what is answered; ``scopes`` names those that need another scope than usual."""

    lookup_field = "ref"
    lookup_value_regex = "[A-Z]{2}-[0-9]{1,18}"
    metadata_class = None
    filter_backends = ()
    required_scope: str | None = None
    scopes: Mapping[str, str] = {}
    body: type[Body] = Nothing
    row: type[Row]
    whole: type[Row] | None = None
    id_name = ""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.required_scope = self.required_scope or self.scopes.get(self.action or "")
        super().initial(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        return self.queryset.model.objects.visible_to(self.request.user)

    def found(self) -> Any:
        """The id of what the address names, if the asker may see it."""
        return get_object_or_404(self.get_queryset().values_list("pk", flat=True), **{self.lookup_field: self.kwargs[self.lookup_field]})

    def words(self, body: type[Body] | None = None) -> dict[str, Any]:
        """What was sent, cleaned; 400 with the fields that are not right."""
        sent = (body or self.body)(data=self.request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def make(self, move: Callable[..., Any], **more: Any) -> Any:
        """Make a move with what was sent, and answer with the thing as it is now."""
        pk = self.found()
        move(**{self.id_name: pk}, by=self.request.user, at=timezone.now(), **{**self.words(), **more})
        return self.answer(pk)

    def answer(self, pk: Any, status: int = 200) -> Response:
        return Response(self.row.one_of(self.queryset.model.objects, pk=pk), status=status)


def door(body: type[Body] = Nothing, *, answers: type[Row], status: int = 200, scope: str | None = None, path: str = "") -> Callable[[Method], Method]:
    """One POST for one move, at the method's name; ``scope`` where a token needs another one than *write*."""

    def open_it(method: Method) -> Method:
        name = path or method.__name__.replace("_", "-")
        made = action(detail=True, methods=["post"], url_path=name, body=body, required_scope=scope)(method)
        return extend_schema(request=body, responses={status: answers})(made)

    return open_it


class Listed:
    """A list in keyset pages of plain rows; it answers 304 by the team's newest event, without asking for a single row.

    ``timed`` names filters whose answer changes by itself as time goes by: then the clock counts too.
    """

    pagination_class = TrailPages
    filters: type[Filters] = SinceFilters
    timed: tuple[str, ...] = ()
    has_etag = True
    sort, sort_descending = "sort_at", True

    def list(self, request: Request) -> HttpResponse:
        wanted = self.wanted(request)
        marker = newest_marker(teams_of(request.user))
        etag = version_of_list(request, marker) if self.has_etag and not any(name in wanted for name in self.timed) else ""
        if etag and (same := not_modified(request, etag)):
            return same
        pages = self.pagination_class()
        pages.marker = marker
        if not wanted and "cursor" not in request.query_params and pages.limit_of(request) == pages.default_limit:
            rows = first_rows(type(self), pages.default_limit)(request.user.team_ids())
            found = pages.show(request, page_from(rows, order_of(self.sort), size=pages.default_limit))
        else:
            found = pages.paginate_queryset(self.rows(wanted), request, self)
        response = pages.get_paginated_response(self.row.page_of(found))  # type: ignore[attr-defined]
        return with_etag(response, etag) if etag else response

    def rows(self, wanted: Mapping[str, Any]) -> QuerySet[Any]:
        """The columns of what these filters ask for."""
        columns = [*self.row.columns(), *order_of(self.sort)]  # type: ignore[attr-defined]
        return self.narrowed(self.get_queryset(), **wanted).values(*dict.fromkeys(columns))  # type: ignore[attr-defined]

    def wanted(self, request: Request) -> dict[str, Any]:
        """What the parameters ask for, cleaned."""
        if request.query_params.keys() <= PAGING:
            return {}
        sent = self.filters(data=request.query_params, context={"request": request})
        sent.is_valid(raise_exception=True)
        return dict(sent.validated_data)

    def narrowed(self, rows: QuerySet[Any], **wanted: Any) -> QuerySet[Any]:
        """The rows that these filters ask for; each name is a column unless the view set says more."""
        return rows.filter(**wanted)


def order_of(sort: str) -> list[str]:
    return list(dict.fromkeys([sort, "id"]))


@cache
def first_rows(views: type[Any], limit: int) -> Callable[[list[int] | None], list[Any]]:
    """The first page of a list without filters, for whoever sees these teams: asked for most, so its statement is kept."""

    @prepared
    def rows(team_ids: list[int] | None) -> QuerySet[Any]:
        view = views(request=SimpleNamespace(user=Seer(team_ids)))
        return view.rows({}).order_by(*(f"-{key}" if view.sort_descending else key for key in order_of(view.sort)))[: limit + 1]

    return rows


def teams_of(user: User) -> list[int]:
    """The ids of the teams that a user sees: all of them for an administrator."""
    ids = user.team_ids()
    return list(Team.objects.values_list("pk", flat=True)) if ids is None else ids


def version_of_list(request: Request, marker: str) -> str:
    """Differs whenever the list may: the trail, who asks with which rights, and what they ask for."""
    user = request.user
    rights = f"{user.pk} {user.is_administrator} {sorted(user.levels().items())}"
    return hashlib.sha256(f"{marker}\n{rights}\n{request.get_full_path()}".encode()).hexdigest()[:24]
