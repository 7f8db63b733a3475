"""How the API's own document is made: every way in which a door may say no, the headers that it reads, and our own kinds of field."""

import re
from collections.abc import Iterator
from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import get_lib_doc_excludes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from common.bodies import BIGGEST, Body, Filters
from common.problems import CONTENT_TYPE
from common.rows import Row

REF = {"type": "string", "maxLength": 24, "pattern": "^[A-Za-z]{2}-[0-9]+$", "examples": ["HV-12"]}
ID = {"type": "integer", "format": "int64", "minimum": 1, "maximum": BIGGEST}
SAYS_NO = {
    400: "It cannot be understood: not JSON, a field that is not right, a parameter or cursor that cannot be.",
    401: "Nobody is signed in, or the token is not known, was revoked or has run out.",
    403: "The token lacks the scope, or whoever asks may not do this.",
    404: "There is nothing here that whoever asks may see.",
    406: "The answer is JSON; nothing else is offered.",
    409: "A rule says no now: the thing is in another state, or somebody was faster. Nothing was changed.",
    412: "It was changed since it was read; `theirs` holds what it says now.",
    413: "The body is larger than 2 MiB.",
    415: "The body is not JSON.",
    422: "Something is missing or not right; or the Idempotency-Key came before with another body.",
    428: "If-Match is missing.",
    429: "Too many requests in this minute; see Retry-After.",
    503: "The database does not answer; see Retry-After. Nothing that was confirmed is lost.",
}
KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]([ -~]*[!-~])?$"},
    OpenApiParameter.HEADER,
    description="Repeat the request with the same key, and it is done once and answered alike. Kept for 48 hours.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": '^(\\*|"[0-9]{1,9}")$'},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of what you read, so that nobody's change is lost.",
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", {"type": "string"}, OpenApiParameter.HEADER, description="The ETag of what you have: answered by 304 if it holds."
)


def not_ours() -> list[type]:
    """Classes whose docstrings are for people who read the code, not for those who use the API."""
    return [*get_lib_doc_excludes(), Row, Body, Filters]


class Problem(serializers.Serializer):
    """Problem details (RFC 9457). What else helps travels in further members: `theirs`, `items`, `holder` …"""

    type = serializers.CharField(help_text="Where this kind of problem is described.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False, help_text="A sentence for people.")
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False, help_text="Field → sentences.")
    possible = serializers.CharField(required=False, help_text="What would make it possible.")


class DoorSchema(AutoSchema):
    """Names, words, headers and refusals of one operation, from the view set itself."""

    def get_operation_id(self) -> str:
        """``actions_list``, ``items_undo_decline``: the view set, and what is done."""
        doing = getattr(self.view, "action", None) or self.method.lower()
        if doing not in ("list", "create", "retrieve", "partial_update"):
            doing = self.path.rstrip("/").rsplit("/", 1)[-1].replace("-", "_")
        return f"{getattr(self.view, 'basename', None) or type(self.view).__name__.lower()}_{doing}"

    def get_summary(self) -> str | None:
        return super().get_summary() or re.split(r"[.:] |\.?\n", self.get_description(), maxsplit=1)[0].rstrip(".") or None

    def get_description(self) -> str:
        words = super().get_description()
        scope = self.scope()
        return f"{words}\n\nA token needs the scope *{scope}*." if scope else words

    def scope(self) -> str | None:
        scopes = getattr(self.view, "scopes", {})
        needed = getattr(self.view, "required_scope", None) or scopes.get(getattr(self.view, "action", None))
        return needed or ("read" if self.method == "GET" else "write")

    def get_override_parameters(self) -> list[Any]:
        headers = {"POST": [KEY], "PATCH": [IF_MATCH]}.get(self.method, [])
        return [*super().get_override_parameters(), *headers, *([IF_NONE_MATCH] if self.knows_versions() else [])]

    def knows_versions(self) -> bool:
        return self._is_list_view() and getattr(self.view, "has_etag", False)

    def refusals(self) -> Iterator[int]:
        yield from (400, 401, 403, 406, 429, 503)
        if "{" in self.path:
            yield 404
        if self.method in ("POST", "PATCH"):
            yield from (409, 413, 415, 422)
        if self.method == "PATCH":
            yield from (412, 428)
        elif "read" in getattr(getattr(self.view, "body", None), "_declared_fields", ()):
            yield 412  # the body says which text was read

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        for status in sorted(self.refusals()):
            if str(status) not in bodies:
                problem = self._get_response_for_code(Problem, str(status), [CONTENT_TYPE], direction)
                bodies[str(status)] = {**problem, "description": SAYS_NO[status]}
        if self.knows_versions():
            bodies["304"] = {"description": "Nothing has changed since."}
        return bodies

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        schema = super()._map_basic_serializer(serializer, direction)
        if isinstance(serializer, Body) or (isinstance(serializer, type) and issubclass(serializer, Body)):
            schema["additionalProperties"] = False
        elif isinstance(serializer, Problem) or serializer is Problem:
            schema["additionalProperties"] = {}
        return schema


class VisibleFieldSchema(OpenApiSerializerFieldExtension):
    target_class = "common.bodies.VisibleField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return dict(REF if self.target.by == "ref" else ID)


class RefFieldSchema(OpenApiSerializerFieldExtension):
    target_class = "common.bodies.RefField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return dict(REF)


class InstantFieldSchema(OpenApiSerializerFieldExtension):
    target_class = "common.bodies.InstantField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}
