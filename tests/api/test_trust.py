"""What a stranger, a thief or a careless program may try: scopes, foreign ids in bodies, slipped-in fields, odd input, repeated posts."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Team, Token
from handover.actions.models import Action
from handover.handovers.models import Handover, Item
from tests.api.clients import ApiClient, make_token, with_token
from tests.stories import make_action, make_agreement, make_offer, make_shift

ODD_TEXTS = ["\0", "\ud800", "a\0b", "x" * 1_000_000, "\u202ealif", "\u200b", "👋🏽", "<script>alert(1)</script>", "'; DROP TABLE x; --", "", " ", "\n"]
ODD_VALUES = [
    None, True, 0, -1, 2**63, 2**64, 1e308, 1.5, [], {}, [[]], {"a": {}}, "x", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    "10000-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-03-02", "2026-03-02T16:00:00", *ODD_TEXTS,
]  # fmt: skip


# --- Who asks -----------------------------------------------------------------------------------------------------------


def test_nobody_is_let_in_without_showing_who_they_are(desk):
    for client in (ApiClient(), ApiClient(Authorization="Bearer hdv_wrong"), ApiClient(Authorization="Bearer"), ApiClient(Authorization="Basic YTpi")):
        response = client.read("/actions/")
        assert (response.status_code, response["WWW-Authenticate"], response["Content-Type"]) == (
            401, 'Bearer realm="Baton API"', "application/problem+json")  # fmt: skip


def test_a_session_writes_only_with_its_csrf_token(desk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.ana)
    response = client.post("/api/v1/actions/", {"title": "x"}, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (403, "application/problem+json")
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    ("scopes", "reads", "writes", "offers"),
    [(["read"], 200, 403, 403), (["write"], 403, 201, 403), (["offer"], 403, 403, 201), (["read", "write"], 200, 201, 403)],
)
def test_a_token_does_what_its_scopes_name(desk, scopes, reads, writes, offers):
    own = Action.objects.get(ref=desk.as_booking.do("/actions/", title="Own", responsible=desk.ana.pk)["ref"])
    client = with_token(desk.booking, scopes)
    assert client.read("/actions/").status_code == reads
    assert client.send("/actions/", {"title": "x"}).status_code == writes
    entry = {"action": own.ref, "situation": "S", "next_step": "N", "missing_reason": "M"}
    assert client.send("/handovers/", {"entries": [entry], "to": desk.ben.pk, "when": "in_shift"}).status_code == offers


@pytest.mark.parametrize("how", ["revoked", "run out", "ended", "inactive"])
def test_a_token_that_is_over_opens_nothing(desk, how):
    client, now = with_token(desk.booking), timezone.now()
    assert client.read("/me/").status_code == 200
    if how == "revoked":
        Token.objects.update(revoked_at=now)
    elif how == "run out":
        Token.objects.update(expires_at=now)
    elif how == "ended":
        type(desk.booking).objects.update(ended_at=now)
    else:
        type(desk.ana).objects.filter(integration=desk.booking).update(is_active=False)
    assert client.read("/me/").status_code == 401
    assert not Token.objects.usable(timezone.now()).exists()


# --- Foreign and unknown are the same -----------------------------------------------------------------------------------


def test_foreign_things_are_not_found_by_any_door(desk, shop):
    item = make_offer(desk.ana, desk.ben, at=timezone.now())
    for path in (f"/actions/{item.action.ref}/", f"/items/{item.ref}/", f"/handovers/{item.handover.ref}/", f"/teams/{desk.team.pk}/"):
        foreign, unknown = shop.as_sam.read(path), shop.as_sam.read(path.replace(path.split("/")[2], "HV-999999" if "HV" in path else "9999999"))
        assert foreign.status_code == unknown.status_code == 404
    for path in (f"/actions/{item.action.ref}/claim/", f"/items/{item.ref}/accept/", f"/items/{item.ref}/withdraw/"):
        assert shop.as_sam.send(path, {}).status_code == 404
    assert shop.as_sam.send(f"/actions/{item.action.ref}/", {"title": "Mine"}, method="patch", If_Match="*").status_code == 404
    item.refresh_from_db()
    assert item.state == "offered"


def test_foreign_ids_in_a_body_get_the_answer_of_unknown_ones(desk, shop):
    service = make_agreement(shop.team).agreement.point.service
    for field, foreign in {"responsible": shop.sam.pk, "service": service.pk, "team": shop.team.pk}.items():
        answers = [desk.as_ana.send("/actions/", {"title": "x", field: wanted}) for wanted in (foreign, 99_999_999)]
        assert [(one.status_code, one.json()["errors"]) for one in answers] == [(400, {field: ["Not found."]})] * 2
    assert not Action.objects.exists()


def test_foreign_ids_in_an_offer_get_the_answer_of_unknown_ones(desk, shop):
    own, foreign = make_action(desk.ana), make_action(shop.sam)
    question = make_agreement(shop.team, must=("Till?",)).required.get()
    shift = make_shift(shop.team, "Late", timezone.now(), timezone.now() + timezone.timedelta(hours=8), shop.sam)
    good = {"entries": [{"action": own.ref, "situation": "S", "next_step": "N", "missing_reason": "M"}], "to": desk.ben.pk}

    def refused(**more):
        response = desk.as_ana.send("/handovers/", {**good, **more})
        assert response.status_code == 400, response.content
        return response.json()["errors"]

    for unknown in (foreign.ref, "HV-99999999"):
        assert refused(entries=[{**good["entries"][0], "action": unknown}]) == {"entries.0.action": ["Not found."]}
    for unknown in (question.pk, 99_999_999):
        assert refused(entries=[{**good["entries"][0], "answers": [{"required": unknown, "text": "x"}]}]) == {"entries.0.answers.0.required": ["Not found."]}
    for unknown in (shop.sam.pk, 99_999_999):
        assert refused(to=unknown) == {"to": ["Not found."]}
    for unknown in (shift.ref, "SH-99999999"):
        assert refused(to=None, to_shift=unknown) == {"to_shift": ["Not found."]}
    assert not Handover.objects.exists()


def test_a_note_cannot_hang_on_a_foreign_brief(desk, shop):
    other = make_offer(shop.sam, _colleague_of(shop))
    own = make_action(desk.ana)
    for unknown in (other.ref, "IT-99999999"):
        assert desk.as_ana.send(f"/actions/{own.ref}/notes/", {"text": "x", "item": unknown}).json()["errors"] == {"item": ["Not found."]}


def _colleague_of(shop):
    from_story = shop.team.memberships.model.objects.create(team=shop.team, user=type(shop.sam).objects.create_user("zoe@example.org", "Zoe"))
    return from_story.user


# --- Nothing is slipped in ----------------------------------------------------------------------------------------------


def test_no_field_of_a_row_can_be_slipped_in(desk):
    """S3: every column, and what else others wished for, is refused; the row is as it would be without."""
    columns = {field.name for field in Action._meta.fields} | {field.attname for field in Action._meta.fields}
    wished = columns | {"is_staff", "is_administrator", "role", "owner", "accepted_by", "by", "at", "action_id", "trail_salt"}
    allowed = {
        "title",
        "team",
        "service",
        "customer_name",
        "customer_reference",
        "customer_contact",
        "promise",
        "promised_by",
        "urgency",
        "responsible",
        "external_ref",
    }
    for field in sorted(wished - allowed):
        response = desk.as_ana.send("/actions/", {"title": "x", field: 1})
        assert (response.status_code, response.json()["errors"]) == (400, {field: ["There is no such field here."]}), field
    assert not Action.objects.exists()


def test_no_state_is_written_by_a_change_or_a_move(desk):
    action = make_action(desk.ana)
    for field in ("state", "responsible", "team", "version", "created_by", "closed_at", "ref", "external_ref"):
        assert desk.as_ana.send(f"/actions/{action.ref}/", {field: 1}, method="patch", If_Match="*").status_code == 400
    item = make_offer(desk.ana, desk.ben, action=action, at=timezone.now())
    for path, body in {"accept": {"by": desk.lea.pk}, "decline": {"reason": "x", "at": "2020-01-01T00:00:00Z"}, "see": {"state": "accepted"}}.items():
        assert desk.as_ben.send(f"/items/{item.ref}/{path}/", body).status_code == 400
    assert Item.objects.get(pk=item.pk).state == "offered"


# --- Versions and repeated posts ----------------------------------------------------------------------------------------


def test_two_who_change_the_same_action_lose_nothing(desk):
    ref = desk.as_ana.do("/actions/", title="Warm room", responsible=desk.ana.pk)["ref"]
    etag = desk.as_ana.read(f"/actions/{ref}/")["ETag"]
    assert desk.as_ana.send(f"/actions/{ref}/", {"title": "x"}, method="patch").status_code == 428
    first = desk.as_lea.send(f"/actions/{ref}/", {"title": "Room 308"}, method="patch", If_Match=etag)
    assert (first.status_code, first["ETag"], first.json()["title"]) == (200, '"2"', "Room 308")
    second = desk.as_ana.send(f"/actions/{ref}/", {"title": "Room 309"}, method="patch", If_Match=etag)
    assert (second.status_code, second.json()["theirs"]["title"]) == (412, "Room 308")
    assert desk.as_ana.send(f"/actions/{ref}/", {"title": "Room 309"}, method="patch", If_Match=second_etag(desk, ref)).status_code == 200


def second_etag(desk, ref):
    return desk.as_ana.read(f"/actions/{ref}/")["ETag"]


def test_the_same_external_ref_is_answered_and_makes_nothing(desk):
    body = {"title": "Call back", "external_ref": "B-1"}
    first, second = (desk.as_booking.send("/actions/", body) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["ref"] == second.json()["ref"]
    assert Action.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_every_kind_of_post_may_be_repeated_with_its_key(desk):
    action = make_action(desk.ana)

    def twice(client, path, body):
        answers = [client.send(path, body, Idempotency_Key="key-1") for _ in range(2)]
        assert answers[0].status_code in (200, 201), answers[0].content
        assert answers[0].content == answers[1].content and answers[1]["Idempotency-Replayed"] == "true"
        return answers[0].json()

    twice(desk.as_booking, "/actions/", {"title": "Once"})
    twice(desk.as_ana, f"/actions/{action.ref}/notes/", {"text": "Once."})
    twice(desk.as_ana, f"/actions/{action.ref}/contacts/", {"text": "She rang."})
    entry = {"action": action.ref, "situation": "S", "next_step": "N", "missing_reason": "M", "promise": "P"}
    offered = twice(desk.as_ana, "/handovers/", {"entries": [entry], "to": desk.ben.pk, "when": "in_shift"})
    twice(desk.as_ben, f"/items/{offered['items'][0]['ref']}/accept/", {})
    assert (Action.objects.filter(title="Once").count(), action.notes.count(), action.contacts.count(), Handover.objects.count()) == (1, 1, 1, 1)
    other = desk.as_booking.send("/actions/", {"title": "Another"}, Idempotency_Key="key-1")
    assert (other.status_code, other.json()["type"]) == (422, "/api/docs/#problem-key-reused")


# --- Odd input ----------------------------------------------------------------------------------------------------------


def test_odd_values_are_refused_or_kept_exactly(desk):
    """S17, over every field of the two richest bodies."""
    action = make_action(desk.ana)
    entry = {"action": action.ref, "situation": "S", "next_step": "N"}
    for field in ("title", "service", "customer_name", "customer_reference", "promise", "promised_by", "urgency", "team", "responsible", "external_ref"):
        for value in ODD_VALUES:
            response = send_raw(desk.as_ana, "/actions/", {"title": "x", field: value})
            assert response.status_code in (200, 201, 400, 413, 422), (field, str(value)[:40], response.status_code)
            if response.status_code == 201 and isinstance(value, str) and field in ("title", "customer_name", "promise"):
                assert response.json()[field] == value.strip()
    for field in ("action", "situation", "answers", "check_at", "promised_by", "missing_reason"):
        for value in ODD_VALUES:
            response = send_raw(desk.as_ana, "/handovers/", {"entries": [{**entry, field: value}], "to": desk.ben.pk})
            assert response.status_code in (200, 201, 400, 422, 413), (field, str(value)[:40], response.status_code)


def send_raw(client, path, body):
    """As JSON would carry it: a lone surrogate as its escape."""
    return client.generic("POST", f"/api/v1{path}", json.dumps(body), content_type="application/json")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [(b"{", "application/json", 400), (b"[]", "application/json", 400), (b"null", "application/json", 400), (b'"x"', "application/json", 400),
     (b'{"title": "\\ud800"}', "application/json", 400), (b'{"title": NaN}', "application/json", 400), (b"[" * 10_000, "application/json", 400),
     (b'{"title":' + b"[" * 40 + b"]" * 40 + b"}", "application/json", 400), (b'{"title": "\xff"}', "application/json", 400),
     (b'{"title": "' + b"x" * 3_000_000 + b'"}', "application/json", 413), (b"title=x", "application/x-www-form-urlencoded", 415), (b"x", "text/plain", 415),
     (json.dumps({f"f{n}": n for n in range(100_000)}).encode(), "application/json", 400)],
)  # fmt: skip
def test_a_body_that_is_not_what_we_expect_is_a_problem(desk, body, kind, status):
    response = desk.as_ana.generic("POST", "/api/v1/actions/", body, content_type=kind)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert len(response.content) < 10_000


def test_no_other_format_method_or_address(desk):
    assert desk.as_ana.get("/api/v1/actions/", headers={"Accept": "application/xml"}).status_code == 406
    assert desk.as_ana.get("/api/v1/actions/?format=xml").status_code == 400
    for method in ("put", "delete", "options"):
        assert getattr(desk.as_ana, method)("/api/v1/actions/").status_code == 405
    for path in ("/api/v1/actions/HV-x/", "/api/v1/actions/1/", "/api/v1/nothing/", "/api/v1/actions/HV-1/explode/", "/api/v1/teams/0/"):
        response = desk.as_ana.get(path)
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_too_many_requests_wait(desk, settings):
    settings.API_RATES = {"principal": 2}
    answers = [desk.as_booking.read("/me/") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60


def test_it_is_known_whose_token_it_was_and_that_its_words_are_nowhere(desk):
    text = make_token(desk.booking)
    assert ApiClient(Authorization=f"Bearer {text}").read("/me/").json()["name"] == "Booking system"
    assert desk.as_booking.read(f"/me/?token={text}").status_code == 200  # the address counts for nothing
    assert ApiClient().read(f"/me/?token={text}").status_code == 401
    assert Team.objects.count() == 1
