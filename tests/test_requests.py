"""What goes out with every answer, and what is written about it."""

import json
import logging

import pytest

from config.logs import JsonLine, WithoutSecrets, logging_settings

pytestmark = pytest.mark.django_db


def test_an_answer_carries_the_number_of_its_request(client):
    assert client.get("/livez", headers={"x-request-id": "proxy-4711-abc"}).headers["X-Request-ID"] == "proxy-4711-abc"


@pytest.mark.parametrize("sent", ["short", "with a space", "x" * 65, "semi;colon", ""])
def test_a_number_that_does_not_look_like_one_is_replaced(client, sent):
    number = client.get("/livez", headers={"x-request-id": sent}).headers["X-Request-ID"]
    assert number != sent and len(number) == 32


def test_a_page_tells_browsers_what_they_must_not_do(client):
    headers = client.get("/sign-in/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"] and "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin" and headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin" and "camera=()" in headers["Permissions-Policy"]
    assert "no-store" in headers["Cache-Control"]


def test_the_log_holds_no_words_that_somebody_typed(client, caplog):
    with caplog.at_level(logging.INFO, logger="baton.request"):
        client.get("/sign-in/?next=/search/%3Fq%3DMrs+Oyelaran")
    [line] = [record.getMessage() for record in caplog.records if record.name == "baton.request"]
    assert line.startswith("method=GET route=sign-in/ status=200 ms=") and "Oyelaran" not in line


def test_a_json_line_can_be_read_by_a_collector():
    record = logging.LogRecord("baton", logging.WARNING, __file__, 1, "The bell %s was “lost”", ("due.fire",), None)
    read = json.loads(JsonLine().format(record))
    assert (read["level"], read["logger"], read["message"]) == ("warning", "baton", "The bell due.fire was “lost”")
    assert read["at"].endswith("+00:00")


def test_requests_are_written_down_only_where_asked_for():
    levels = [logging_settings(level="INFO", as_json=False, requests=asked)["loggers"]["baton.request"]["level"] for asked in (False, True)]
    assert levels == ["WARNING", "INFO"]


@pytest.mark.parametrize("address", ["/wall/{}/", "/feeds/{}", "/evidence/for/{}/evidence.pdf", "/invitations/{}/", "/account/password/reset/key/{}/"])
def test_no_secret_address_is_written_to_the_log(address):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "%s: %s", ("Too Many Requests", address.format("Zq7-secret")), None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == f"Too Many Requests: {address.format('…')}"
    assert logging_settings(level="INFO", as_json=False, requests=False)["handlers"]["stderr"]["filters"] == ["without secrets"]
