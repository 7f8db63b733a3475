"""The API's document and its readable page."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import expect

from config.api_docs import document
from config.api_reading import groups, problems
from tests.source import ROOT


def test_the_document_is_valid_and_warns_of_nothing(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
    assert document()["openapi"] == "3.1.0"


def test_every_operation_says_how_it_says_no():
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            always = {"400", "401", "403", "406", "429", "503"} | ({"404"} if "{" in path else set())
            writes = {"409", "413", "415", "422"} if method in ("post", "patch") else set()
            changes = {"412", "428"} if method == "patch" else set()
            assert always | writes | changes <= set(operation["responses"]), f"{method} {path}"
            assert operation["summary"], f"{method} {path} says nothing about itself"


def test_no_body_takes_what_only_moves_decide():
    components = document()["components"]["schemas"]
    operations = [it for methods in document()["paths"].values() for it in methods.values()]
    bodies = [it["requestBody"]["content"]["application/json"]["schema"] for it in operations if "requestBody" in it]
    taken = {schema["$ref"].rpartition("/")[2] for schema in bodies}
    assert len(taken) > 10
    for name in taken:
        assert components[name]["additionalProperties"] is False
        assert not {"state", "version", "created_by", "accepted_by", "by", "at", "closed_at", "ref"} & set(components[name].get("properties", {})), name


def test_anybody_reads_the_document_and_the_page(db):
    assert Client().get("/api/v1/schema/").json()["info"]["title"] == "Baton"
    page = Client().get("/api/docs/").content.decode()
    for group in groups(document()):
        for operation in group.operations:
            assert f'id="{operation.id}"' in page
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors <= set(re.findall(r'id="([^"]+)"', page))


def test_every_problem_leads_to_its_line_on_the_page():
    codes = {code for code, _, _ in problems()}
    written = set()
    for place in [*(ROOT / "common").glob("*.py"), *(ROOT / "accounts").glob("*.py")]:
        written |= set(re.findall(r'(?:code|default_code) = "([a-z-]+)"', place.read_text()))
    assert written <= codes


@pytest.mark.browser
def test_the_page_is_fit_for_everybody(page):
    page.goto("/api/docs/")
    page.locator("summary", has_text="Log an action").click()
    expect(page.locator("#actions_create table").first).to_be_visible()
