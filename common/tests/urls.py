"""Addresses for the tests of this folder: each refuses, breaks or counts in its own way."""

from secrets import token_hex
from types import SimpleNamespace

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpResponse
from django.urls import path
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.response import Response
from rest_framework.views import APIView

from common import api, idempotency
from common.errors import InformationMissing, NotAllowed, StaleVersion, TakenByAnother
from common.models import IdempotencyKey

RAISES = {
    "refused": lambda: NotAllowed("Only a lead may do this.", possible="Ask Leila, who is on shift."),
    "missing": lambda: InformationMissing("The brief lacks the room number.", field="brief", items=["Which room?"]),
    "taken": lambda: TakenByAnother("Ben has it already."),
    "stale": lambda: StaleVersion("Tom changed this.", theirs={"title": "Tom's"}),
    "away": lambda: OperationalError("server closed the connection unexpectedly"),
    "closed": lambda: InterfaceError("connection already closed"),
    "nothing": lambda: Http404(),
    "broken": lambda: RuntimeError("a mistake of ours"),
}


@login_not_required
def page(request, name):
    if name == "fine":
        return HttpResponse("fine")
    if name == "kept":
        return HttpResponse("kept", headers={"Cache-Control": "max-age=60"})
    raise RAISES[name]()


class Open(APIView):
    authentication_classes = permission_classes = throttle_classes = ()


class Raising(Open):
    def get(self, request, name):
        raise RAISES[name]()


class NoteIn(serializers.Serializer):
    title = api.CleanTextField(max_length=20)
    lines = serializers.ListField(child=serializers.IntegerField(max_value=9), required=False)


class Echo(Open):
    def post(self, request):
        body = NoteIn(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(body.validated_data)


class Versioned(Open):
    def get(self, request):
        return api.not_modified(request, 7) or api.with_etag(Response({"version": 7}), 7)

    def patch(self, request):
        api.check_if_match(request, 7, theirs="what it says now")
        return Response({"version": api.version_from(request)})


class Rows(Open):
    sort, sort_descending = "status", False

    def get(self, request):
        pages = api.KeysetPagination()
        rows = pages.paginate_queryset(IdempotencyKey.objects.values("id", "status"), request, self)
        return pages.get_paginated_response(rows)


class Somebody(BaseAuthentication):
    """Whoever the header says: whose key it is matters here, not who may."""

    def authenticate(self, request):
        who = int(request.headers.get("X-Who", 1))
        return (SimpleNamespace(pk=who, is_authenticated=True), None) if who else None


class Make(idempotency.IdempotentPosts, APIView):
    """Makes one row per call, under a route of its own, and may then refuse, or answer with any status."""

    authentication_classes, permission_classes, throttle_classes = (Somebody,), (), ()

    def post(self, request):
        made = IdempotencyKey.objects.create(principal=0, route="made", key=token_hex(), body_sha256=b"", body=b"", status=0)
        self.hook()
        if request.data.get("refuse"):
            raise TakenByAnother("Ben has it already.")
        return Response({"id": made.pk}, status=request.data.get("status", 201), headers={"Location": f"/made/{made.pk}/"})

    @staticmethod
    def hook():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")


class MakeOnce(APIView):
    authentication_classes, permission_classes, throttle_classes = (Somebody,), (), ()

    @idempotency.idempotent
    def post(self, request):
        IdempotencyKey.objects.create(principal=0, route="made", key=token_hex(), body_sha256=b"", body=b"", status=0)
        return Response(None, status=204)


urlpatterns = [
    path("pages/<name>/", page),
    path("api/raising/<name>/", Raising.as_view()),
    path("api/pages/<name>/", page),
    path("api/echo/", Echo.as_view()),
    path("api/versioned/", Versioned.as_view()),
    path("api/rows/", Rows.as_view()),
    path("api/make/", Make.as_view()),
    path("api/once/", MakeOnce.as_view()),
]
handler404 = "common.views.not_found"
handler500 = "common.views.server_error"
