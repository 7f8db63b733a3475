"""What every view of the REST API shares: strict JSON, problem details, keyset pages, texts, versions."""

from collections.abc import Mapping
from math import ceil
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.http import Http404
from django.utils.cache import patch_cache_control
from rest_framework import exceptions, serializers, status
from rest_framework.pagination import BasePagination
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.utils.urls import replace_query_param

from common.errors import Invalid, Refusal, StaleVersion
from common.keyset import Page, keyset_page
from common.problems import BUSY, CONTENT_TYPE, problem, refusal_problem
from common.text import clean_text

DEEPEST = 32
ENCODER = JSONEncoder()
TITLES = {
    400: "This cannot be understood",
    401: "Sign in first",
    403: "You may not do this",
    404: "Not found",
    405: "This method is not offered here",
    406: "No such format is offered here",
    413: "This is too large",
    415: "Send JSON",
    428: "Say which version you read",
    429: "Too many requests",
}


class TooLarge(exceptions.APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too-large"
    default_detail = "The body is larger than this server accepts."


class VersionNeeded(exceptions.APIException):
    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "version-needed"
    default_detail = "Send If-Match with the ETag of what you read, so that nobody's change is lost."


class StrictJSONParser(BaseParser):
    """JSON as RFC 8259 says: UTF-8, no NaN, no half characters, at most 32 levels deep and not larger than a form may be."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(most + 1)
        if len(raw) > most:
            raise TooLarge
        try:
            body = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise exceptions.ParseError(f"The body is not JSON: {error}.") from None
        if deeper_than(body, DEEPEST):
            raise exceptions.ParseError(f"The body is nested deeper than {DEEPEST} levels.")
        return body


def deeper_than(value: Any, levels: int) -> bool:
    layer = [value]
    for _ in range(levels + 1):
        layer = [inner for outer in layer if isinstance(outer, list | dict) for inner in (outer.values() if isinstance(outer, dict) else outer)]
        if not layer:
            return False
    return True


def as_json(data: Any) -> bytes:
    return orjson.dumps(data, default=ENCODER.default, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


class FastJSONRenderer(BaseRenderer):
    """JSON by orjson; instants end in Z."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None) -> bytes:
        return b"" if data is None else as_json(data)


class CleanTextField(serializers.CharField):
    """``common.text.clean_text`` for a serializer. The length counts as it was sent, as the schema's ``maxLength`` does."""

    def __init__(self, *, max_length: int, lines: bool = False, **kwargs: Any) -> None:
        self.lines = lines
        super().__init__(max_length=max_length, trim_whitespace=True, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if isinstance(data, str):
            if len(data) > (self.max_length or 0):
                self.fail("max_length", max_length=self.max_length)
            try:
                data = clean_text(data, max_length=self.max_length or 0, lines=self.lines)
            except Invalid as refusal:
                raise serializers.ValidationError(str(refusal), code="text") from None
        elif data is not serializers.empty and data is not None:
            self.fail("invalid")  # CharField would let a number through
        return super().run_validation(data)


class KeysetPagination(BasePagination):
    """``?cursor=…&limit=…`` (at most 200): ``{"results": […], "next": address or null}``.

    The view may say by what its list is ordered: ``sort`` (default ``sort_at``) and ``sort_descending`` (default true).
    """

    default_limit, max_limit = 50, 200

    def paginate_queryset(self, queryset: QuerySet[Any], request: Request, view: Any = None) -> list[Any]:
        page = keyset_or_400(
            queryset,
            sort=getattr(view, "sort", "sort_at"),
            descending=getattr(view, "sort_descending", True),
            cursor=request.query_params.get("cursor"),
            size=self.limit_of(request),
        )
        return self.show(request, page)

    def show(self, request: Request, page: Page) -> list[Any]:
        """Answer with this page, however it was read; ``get_paginated_response`` links to the next one."""
        self.request, self.next_cursor = request, page.next_cursor
        return page.rows

    def limit_of(self, request: Request) -> int:
        text = request.query_params.get("limit", str(self.default_limit))
        if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= self.max_limit):
            raise serializers.ValidationError({"limit": [f"This must be a whole number from 1 to {self.max_limit}."]})
        return int(text)

    def get_paginated_response(self, data: Any) -> Response:
        address = replace_query_param(self.request.build_absolute_uri(), "cursor", self.next_cursor) if self.next_cursor else None
        return Response({"results": data, "next": address})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        following = {"type": ["string", "null"], "format": "uri", "description": "The address of the next page; null on the last."}
        return {"type": "object", "required": ["results", "next"], "properties": {"results": schema, "next": following}}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        limit = {"type": "integer", "minimum": 1, "maximum": self.max_limit, "default": self.default_limit}
        return [
            {"name": "cursor", "in": "query", "required": False, "schema": {"type": "string"}, "description": "Taken from `next`; opaque."},
            {"name": "limit", "in": "query", "required": False, "schema": limit, "description": "Rows on one page."},
        ]


def keyset_or_400(queryset: QuerySet[Any], **kwargs: Any) -> Any:
    try:
        return keyset_page(queryset, **kwargs)
    except Invalid as refusal:
        raise serializers.ValidationError({refusal.field or "cursor": [str(refusal)]}) from None


# --- Versions -----------------------------------------------------------------------------------------------------------


def etag_of(version: int | str) -> str:
    return f'"{version}"'


def with_etag(response: Response, version: int | str) -> Response:
    """Mark an answer with the version that it shows; a client may keep it but has to ask each time."""
    response.headers["ETag"] = etag_of(version)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _tags_in(header: str) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]


def not_modified(request: Request, version: int | str) -> Response | None:
    """304 if the client has this version already (``If-None-Match``), else None."""
    header = request.headers.get("If-None-Match", "")
    if header and (header.strip() == "*" or etag_of(version) in _tags_in(header)):
        return with_etag(Response(status=status.HTTP_304_NOT_MODIFIED), version)
    return None


def check_if_match(request: Request, version: int | str, *, theirs: Any = None) -> None:
    """Refuse a change to something that is not as the client read it: 428 without ``If-Match``, 412 with another version.

    A move that takes a version checks it again under its lock; this is for answering early.
    """
    header = request.headers.get("If-Match", "").strip()
    if not header:
        raise VersionNeeded
    if header != "*" and etag_of(version) not in _tags_in(header):
        extra = {} if theirs is None else {"theirs": theirs}
        raise StaleVersion("This was changed since you read it.", possible="Read it again and repeat your change.", **extra)


def version_from(request: Request) -> int | None:
    """The version number that ``If-Match`` names, for a move that checks it under its lock; ``None`` for ``*``: any.

    428 without the header, 412 if it is no ETag of ours.
    """
    tag = request.headers.get("If-Match", "").strip()
    if not tag:
        raise VersionNeeded
    if tag == "*":
        return None
    number = tag.removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise StaleVersion("If-Match names no version of this.", possible="Read it again and repeat your change.")
    return int(number)


# --- Problems -----------------------------------------------------------------------------------------------------------


def exception_handler(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal and every mistake in a request as problem details (RFC 9457); ``None`` for an error of ours."""
    if isinstance(exception, Refusal):
        return _answer(refusal_problem(exception))
    if isinstance(exception, OperationalError | InterfaceError):
        return _answer(problem(503, **BUSY), {"Retry-After": "5"})
    if isinstance(exception, DjangoValidationError):
        exception = exceptions.ValidationError(serializers.as_serializer_error(exception))
    if isinstance(exception, Http404):
        exception = exceptions.NotFound()
    elif isinstance(exception, PermissionDenied):
        exception = exceptions.PermissionDenied()
    elif isinstance(exception, RequestDataTooBig):
        exception = TooLarge()
    if not isinstance(exception, exceptions.APIException):
        return None
    headers = {}
    if challenge := getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(exception, "wait", None):
        headers["Retry-After"] = str(ceil(wait))
    return _answer(_problem_of(exception), headers)


def _problem_of(exception: exceptions.APIException) -> dict[str, Any]:
    number = exception.status_code
    if isinstance(exception, exceptions.ValidationError):
        return problem(number, code="validation", title=TITLES[400], detail="Some fields are not right.", errors=flatten(exception.detail))
    code = str(exception.default_code).replace("_", "-")
    return problem(number, code=code, title=TITLES.get(number, "This did not work"), detail=str(exception.detail))


def flatten(detail: Any, path: str = "") -> dict[str, list[str]]:
    """DRF's nested errors as {"items.0.title": [sentences]}; what belongs to no field stands under ``non_field_errors``."""
    if isinstance(detail, Mapping):
        pairs = list(detail.items())
    elif isinstance(detail, list | tuple) and any(isinstance(part, Mapping | list) for part in detail):
        pairs = list(enumerate(detail))
    else:
        return {path or "non_field_errors": [str(part) for part in (detail if isinstance(detail, list | tuple) else [detail])]}
    found: dict[str, list[str]] = {}
    for key, inner in pairs:
        for where, sentences in flatten(inner, f"{path}.{key}" if path else str(key)).items():
            found.setdefault(where, []).extend(sentences)
    return found


def _answer(body: dict[str, Any], headers: Mapping[str, str] | None = None) -> Response:
    return Response(body, status=body["status"], headers=dict(headers or {}), content_type=CONTENT_TYPE)
