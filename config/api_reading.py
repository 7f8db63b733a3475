"""The API's document as a person reads it: plain tables out of OpenAPI, and every kind of problem."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rest_framework import exceptions

from common.api import TITLES
from common.errors import Refusal
from common.problems import BUSY
from common.views import PAGES

METHODS = ("get", "post", "patch")
TAGS = {"me": "Who asks", "follow-ups": "Follow-ups"}


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    needed: bool
    words: str
    shape: str = ""  # the name of another shape, to look at


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    summary: str
    words: str
    parameters: list[Field]
    takes: str
    body: list[Field]
    answers: list[tuple[str, str]]  # status and shape
    refusals: list[tuple[str, str]]  # status and sentence


@dataclass(frozen=True)
class Group:
    id: str
    title: str
    operations: list[Operation]


def groups(document: dict[str, Any]) -> list[Group]:
    """Operations by the first part of their path, each group as it reads best: lists, one thing, then what is done with it."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                found.setdefault(methods[method]["tags"][0], []).append(_operation(document, path, method, methods[method]))
    return [Group(tag, TAGS.get(tag, tag.capitalize()), operations) for tag, operations in found.items()]


def shapes(document: dict[str, Any]) -> list[tuple[str, str, list[Field]]]:
    """(name, words, fields) of everything that is answered."""
    taken = {name for group in groups(document) for each in group.operations for name in [each.takes] if name}
    components = document["components"]["schemas"]
    objects = {name: schema for name, schema in components.items() if "properties" in schema and name not in taken and not name.startswith("Paginated")}
    return [(name, plain(schema.get("description", "")), _fields(document, schema)) for name, schema in objects.items()]


def _operation(document: dict[str, Any], path: str, method: str, it: dict[str, Any]) -> Operation:
    words, _, scope = it.get("description", "").partition("\n\n")
    sent = it.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    responses = it["responses"]
    return Operation(
        id=it["operationId"],
        method=method.upper(),
        path=path,
        summary=it.get("summary", ""),
        words=plain(f"{words} {scope}"),
        parameters=[_field(document, one["name"], one["schema"], one.get("required", False), one.get("description", "")) for one in it.get("parameters", [])],
        takes=_name(sent),
        body=_fields(document, _resolved(document, sent)),
        answers=[(status, _answered(document, response)) for status, response in responses.items() if status < "300"],
        refusals=[(status, response["description"]) for status, response in responses.items() if status >= "300"],
    )


def plain(words: str) -> str:
    """Without the marks that Markdown would read."""
    return words.replace("*", "").replace("`", "").strip()


def _answered(document: dict[str, Any], response: dict[str, Any]) -> str:
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    results = _resolved(document, schema).get("properties", {}).get("results")
    return _name(results.get("items", {})) if results and _name(schema).startswith("Paginated") else _name(schema)


def _fields(document: dict[str, Any], schema: dict[str, Any]) -> list[Field]:
    needed = schema.get("required", [])
    return [_field(document, name, one, name in needed, "") for name, one in schema.get("properties", {}).items()]


def _field(document: dict[str, Any], name: str, schema: dict[str, Any], needed: bool, words: str) -> Field:
    kind, shape = _type(document, schema)
    return Field(name, kind, needed, plain((words or schema.get("description", "")).split("* `")[0]), shape)


def _type(document: dict[str, Any], schema: dict[str, Any]) -> tuple[str, str]:
    """What a value is, in words, and the shape that it leads to."""
    several = schema.get("oneOf") or schema.get("allOf") or schema.get("anyOf")
    if several:
        kinds = [_type(document, one) for one in several]
        return " or ".join(dict.fromkeys(kind for kind, _ in kinds if kind)), next((shape for _, shape in kinds if shape), "")
    if name := _name(schema):
        target = _resolved(document, schema)
        return _type(document, target) if "enum" in target else (name, name)
    if "enum" in schema:
        return ", ".join("empty" if value == "" else str(value) for value in schema["enum"]), ""
    kinds = schema.get("type", "")
    names = kinds if isinstance(kinds, list) else [kinds]
    if "array" in names:
        inner, shape = _type(document, schema.get("items", {}))
        return f"list of {inner}", shape
    written = [{"string": schema.get("format") or "text", "integer": "whole number", "boolean": "true or false", "null": "null"}.get(one, one) for one in names]
    most = f", at most {schema['maxLength']:,} characters" if "maxLength" in schema else ""
    return " or ".join(written) + most, ""


def _name(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    return document["components"]["schemas"].get(_name(schema), schema) if schema else {}


def problems() -> list[tuple[str, int, str]]:
    """(code, status, title) of every kind of problem that is answered."""
    found = {one.code: (one(""), one) for one in _below(Refusal)}
    rows = [(code, refusal.api_status, kind.title) for code, (refusal, kind) in found.items()]
    for kind in _below(exceptions.APIException):
        rows.append((str(kind.default_code).replace("_", "-"), kind.status_code, TITLES.get(kind.status_code, str(kind.default_detail))))
    rows += [("validation", 400, TITLES[400]), (BUSY["code"], 503, BUSY["title"])]
    rows += [(code, status, title) for status, (code, title, _) in PAGES.items()]
    kept = {code: (code, status, title) for code, status, title in rows if code not in ("error", "bad-request", "error-")}
    return sorted(kept.values(), key=lambda row: (row[1], row[0]))


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    yield kind
    for one in kind.__subclasses__():
        yield from _below(one)
