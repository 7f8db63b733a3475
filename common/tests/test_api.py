import json
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework import exceptions

from common import api
from common.models import IdempotencyKey

pytestmark = pytest.mark.urls("common.tests.urls")


@pytest.fixture
def post(client):
    def post_raw(body, content_type="application/json"):
        return client.post("/api/echo/", body, content_type=content_type)

    return post_raw


def test_what_is_understood_is_answered(post):
    response = post('{"title": "Call 👋", "lines": [1]}')
    assert (response.status_code, response.json()) == (200, {"title": "Call 👋", "lines": [1]})


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"", b"[", b"{'a': 1}", b'{"title": NaN}', b'{"title": Infinity}', b'{"title": 1e999}', b'{"title": "\xff"}', b'{"title": "\\ud800"}',
        b"\xff\xfe", b"\xef\xbb\xbf{}", b"[" * 40 + b"]" * 40, b'{"a":' * 40 + b"1" + b"}" * 40, b"[" * 5_000, b'"text"', b"7", b"null", b"[]",
    ],
)  # fmt: skip
def test_a_body_that_is_not_what_we_expect_is_400_with_a_sentence(post, body):
    response = post(body)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["detail"]


@given(st.binary(max_size=200))
def test_no_bytes_break_the_parser(body):
    with suppress(exceptions.ParseError):
        api.StrictJSONParser().parse(_stream(body))


@given(
    st.recursive(st.none() | st.booleans() | st.text() | st.integers(-(2**63), 2**63 - 1), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_all_json_is_read_and_written_back(value):
    assert api.StrictJSONParser().parse(_stream(api.as_json(value))) == value


def _stream(body):
    return BytesIO(body)


def test_a_body_too_large_is_413_before_it_is_read(post, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    response = post('{"title": "%s"}' % ("x" * 2_000))
    assert (response.status_code, response.json()["status"]) == (413, 413)


def test_another_format_is_415_and_another_method_405(post, client):
    assert post("a=1", content_type="application/x-www-form-urlencoded").status_code == 415
    response = client.delete("/api/echo/")
    assert (response.status_code, response.json()["title"]) == (405, "This method is not offered here")


def test_every_field_says_what_is_wrong(post):
    response = post('{"title": "", "lines": [1, "x", 99]}')
    assert response.status_code == 400
    assert set(response.json()["errors"]) == {"title", "lines.1", "lines.2"}
    assert all(isinstance(sentence, str) for sentences in response.json()["errors"].values() for sentence in sentences)


def test_nested_errors_become_paths():
    nested = {"items": [{}, {"brief": {"next": ["Missing."]}}], "title": ["Long.", "Odd."], "non_field_errors": ["Both."]}
    assert api.flatten(nested) == {"items.1.brief.next": ["Missing."], "title": ["Long.", "Odd."], "non_field_errors": ["Both."]}
    assert api.flatten(["Only this."]) == {"non_field_errors": ["Only this."]}


def test_instants_and_ids_are_written_plainly():
    written = api.as_json({"at": datetime(2026, 3, 2, 9, tzinfo=UTC), "id": UUID(int=1), 7: None})
    assert json.loads(written) == {"at": "2026-03-02T09:00:00Z", "id": str(UUID(int=1)), "7": None}


# --- Versions -----------------------------------------------------------------------------------------------------------


def test_an_answer_carries_its_version_and_is_not_sent_twice(client):
    first = client.get("/api/versioned/")
    assert (first["ETag"], first["Cache-Control"]) == ('"7"', "private, no-cache")
    for known in ('"7"', 'W/"7"', '"6", "7"', "*"):
        again = client.get("/api/versioned/", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", '"7"')
    assert client.get("/api/versioned/", headers={"If-None-Match": '"6"'}).status_code == 200


@pytest.mark.parametrize(
    ("header", "status"), [(None, 428), ("", 428), ('"6"', 412), ("nonsense", 412), ('"7"', 200), ('W/"7"', 200), ("*", 200), ('"7", "8"', 412)]
)
def test_a_change_names_the_version_that_was_read(client, header, status):
    response = client.patch("/api/versioned/", headers={"If-Match": header} if header is not None else {})
    assert response.status_code == status
    if status == 200:
        assert response.json() == {"version": None if header == "*" else 7}
    if header == '"6"':
        assert response.json()["theirs"] == "what it says now"


# --- Pages --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_list_comes_in_pages_that_link_to_each_other(client):
    IdempotencyKey.objects.bulk_create(IdempotencyKey(principal=1, route="/", key=str(n), body_sha256=b"", body=b"", status=n) for n in range(5))
    found, address = [], "/api/rows/?limit=2"
    while address:
        body = client.get(address).json()
        found += [row["status"] for row in body["results"]]
        address = body["next"]
    assert found == [0, 1, 2, 3, 4]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=-1", "limit=x", "limit=", "limit=٣", "limit=99999999999", "cursor=nonsense", "cursor=%00"])
def test_a_page_that_cannot_be_is_400_on_its_parameter(client, query):
    response = client.get(f"/api/rows/?{query}")
    assert (response.status_code, list(response.json()["errors"])) == (400, [query.split("=")[0]])
