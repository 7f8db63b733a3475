"""Refusals, faults and caches, through the real middleware."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from common.middleware import NoStore, unavailable
from common.tests.urls import RAISES

pytestmark = [pytest.mark.django_db, pytest.mark.urls("common.tests.urls")]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def plain_templates(settings, tmp_path):
    """The refusal's own words without the product's pages around them."""
    (tmp_path / "errors").mkdir()
    (tmp_path / "errors/refused.html").write_text("<p>{{ refusal }} {{ refusal.possible }}</p>")
    (tmp_path / "errors/_refused.html").write_text("<b>{{ refusal }}</b>")
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path]}]
    return tmp_path / "errors"


def test_a_refusal_is_a_page_for_a_person(client):
    response = client.get("/pages/refused/")
    assert response.status_code == 403
    assert response.content.decode() == "<p>Only a lead may do this. Ask Leila, who is on shift.</p>"


def test_a_refusal_is_a_fragment_for_htmx(client):
    response = client.get("/pages/taken/", headers=HTMX)
    assert (response.status_code, response.content.decode()) == (409, "<b>Ben has it already.</b>")


@pytest.mark.parametrize("address", ["/api/pages/", "/api/raising/"])
def test_a_refusal_is_problem_details_under_api(client, address):
    response = client.get(f"{address}missing/")
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert response.json() == {
        "type": "/api/docs/#problem-information-missing",
        "title": "Required information is missing",
        "status": 422,
        "detail": "The brief lacks the room number.",
        "errors": {"brief": ["The brief lacks the room number."]},
        "items": ["Which room?"],
    }
    response = client.get(f"{address}stale/")
    assert (response.status_code, response.json()["theirs"]) == (412, {"title": "Tom's"})
    assert client.get("/pages/stale/").status_code == 409


@pytest.mark.parametrize("name", ["away", "closed"])
def test_a_database_that_is_away_is_503_and_says_when_to_come_back(client, name):
    for address in ("/pages/", "/api/pages/", "/api/raising/"):
        response = client.get(f"{address}{name}/")
        assert response.status_code == 503
        assert response["Retry-After"] == "5"
        assert b"Nothing that was confirmed is lost" in response.content
    assert response["Content-Type"] == "application/problem+json"


def test_the_503_page_goes_out_even_if_its_template_is_broken(plain_templates, django_assert_num_queries):
    (plain_templates / "unavailable.html").write_text("{% no such tag %}")
    with django_assert_num_queries(0):
        assert "The database does not answer" in unavailable(RequestFactory().get("/")).content.decode()


def test_a_fault_outside_the_view_is_told_apart_too(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("django.contrib.messages.middleware.MessageMiddleware.process_request", raising("away"))
    assert client.get("/pages/fine/").status_code == 503
    monkeypatch.setattr("django.contrib.messages.middleware.MessageMiddleware.process_request", raising("broken"))
    assert client.get("/pages/fine/").status_code == 500
    assert client.get("/api/pages/fine/").json()["type"] == "/api/docs/#problem-error"


def raising(name):
    def process_request(self, request):
        raise RAISES[name]()

    return process_request


def test_a_mistake_of_ours_shows_nothing_of_itself(client):
    client.raise_request_exception = False
    for address in ("/pages/broken/", "/api/pages/broken/", "/api/raising/broken/"):
        response = client.get(address)
        assert response.status_code == 500
        assert b"a mistake of ours" not in response.content


def test_what_is_not_there_is_404_as_page_and_as_problem(client):
    assert client.get("/no/such/page/").status_code == 404
    for address in ("/api/no/such/", "/api/pages/nothing/", "/api/raising/nothing/"):
        response = client.get(address)
        assert (response.status_code, response["Content-Type"], response.json()["status"]) == (404, "application/problem+json", 404)


def test_answers_are_not_stored_unless_the_view_says_what_may_be(client):
    assert client.get("/pages/fine/")["Cache-Control"] == "private, no-store"
    assert client.get("/pages/kept/")["Cache-Control"] == "max-age=60"
    assert NoStore(lambda request: HttpResponse())(RequestFactory().get("/"))["Cache-Control"] == "private, no-store"
