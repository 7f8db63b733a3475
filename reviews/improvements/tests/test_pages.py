"""The pages: what is filled in from where it comes from, what can be pressed by whom, and what they cost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.improvements import carrying_out
from reviews.improvements import operations as improvements
from reviews.improvements.models import Improvement
from reviews.improvements.states import State
from reviews.improvements.tests.makers import agree, count, done, propose
from reviews.suggestions import operations as suggestions
from tests.api.clients import make_integration, signed_in, with_token
from tests.stories import fresh, make_agreement, make_colleague, make_team

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def typed(owner, *concerned, **fields):
    words = {"change": "Ask for two readings", "owner": owner.pk, "due_on": timezone.localdate() + 9 * DAY, "figure": "missing", "target": "10"}
    return {**words, "concerned": [one.pk for one in concerned], **fields}


def test_a_share_is_typed_as_per_cent_and_minutes_as_minutes(client, desk, people):
    amara, _, leila = people
    service = make_agreement(desk).agreement.point.service
    client.force_login(amara)
    client.post("/improvements/new/", typed(amara, leila, about=f"service-{service.pk}"))
    client.post("/improvements/new/", typed(amara, leila, figure="minutes", target="7.5"))
    first, second = Improvement.objects.order_by("pk")
    assert (first.target, first.service, second.target, second.service) == (0.1, service, 7.5, None)


def test_nothing_typed_is_lost_and_nonsense_never_breaks_it(client, desk, people):
    amara, _, leila = people
    client.force_login(amara)
    page = client.post("/improvements/new/", typed(amara, leila, change="", why="Because", target="200"))
    assert page.status_code == 422
    assert "Because" in page.content.decode()
    for name, value in {"target": "nan", "owner": "x", "due_on": "31 Feb", "figure": "given", "about": "service-99999", "concerned": ["a"]}.items():
        assert client.post("/improvements/new/", {**typed(amara, leila), name: value}).status_code == 422
    for query in ("figure=x&target=<b>", "service=99999999999999999999", "agreement=x"):
        assert client.get(f"/improvements/new/?{query}").status_code == 200
    for query in ("review=RV-9", "suggestion=x", "adjusts=IM-9"):
        assert client.get(f"/improvements/new/?{query}").status_code == 404
    assert not Improvement.objects.exists()


def test_a_suggestion_becomes_an_improvement(client, desk, people):
    amara, tom, leila = people
    idea = suggestions.suggest(team=desk, by=tom, at=timezone.now(), words="Put the room number first")
    client.force_login(leila)
    page = client.get(idea.get_absolute_url()).content.decode()
    address = f"/improvements/new/?suggestion={idea.ref}"
    assert address in page
    assert "Put the room number first" in client.get(address).content.decode()
    client.post(address, typed(leila, tom, change="Room number first"))
    made = Improvement.objects.get()
    assert made.suggestion == idea
    assert made.get_absolute_url() in client.get(idea.get_absolute_url()).content.decode()


def test_each_is_offered_only_what_they_may_press(client, desk, people):
    amara, tom, leila = people
    made = propose(desk, amara, tom, leila, at=timezone.now())
    offered = {"Change what is proposed": {amara, leila}, "Withdraw it": {amara, leila}, "Your answer": {amara, tom, leila}, "Decide without everybody": set()}
    for person in people:
        client.force_login(person)
        page = client.get(made.get_absolute_url()).content.decode()
        for words, who in offered.items():
            assert (words in page) == (person in who), f"{words} for {person}"
    stranger = make_colleague("Ann Other", make_team("Elsewhere"))
    client.force_login(stranger)
    assert client.get(made.get_absolute_url()).status_code == 404


def test_it_lives_from_proposal_to_the_next_change_on_its_page(client, desk, people):
    # Given that Amara's proposal is changed, and agreed by Leila
    amara, _, leila = people
    now = timezone.now()
    made = propose(desk, amara, leila, at=now)
    address = made.get_absolute_url()
    client.force_login(amara)
    assert client.post(f"{address}change/", typed(amara, change="Ask for three readings", read="1")).status_code == 302
    stale = client.post(f"{address}change/", typed(amara, change="Ask for four readings", read="1"))
    assert stale.status_code == 422
    assert "It was changed since you read it." in stale.content.decode()
    client.force_login(leila)
    old = client.post(f"{address}answer/", {"answer-says": "agree", "answer-read": "1"})
    assert old.status_code == 422
    client.post(f"{address}answer/", {"answer-says": "agree", "answer-read": "2"})
    assert fresh(made).state == State.AGREED

    # When it gets another day, is done and judged
    later = timezone.localdate() + 30 * DAY
    client.post(f"{address}plan/", {"plan-owner_id": amara.pk, "plan-due_on": later, "plan-reason": "The form comes late"})
    assert fresh(made).due_on == later
    client.post(f"{address}done/", {"done-done_on": timezone.localdate(), "done-words": "In the form"})
    assert client.post(f"{address}judge/", {"judge-verdict": "", "judge-words": "Hm"}).status_code == 422
    client.post(f"{address}judge/", {"judge-verdict": "adjust", "judge-words": "Half of it"})

    # Then the page leads to the next change, which begins with what this one was
    page = client.get(address).content.decode()
    assert f"/improvements/new/?adjusts={made.ref}" in page
    assert "Ask for three readings" in client.get(f"/improvements/new/?adjusts={made.ref}").content.decode()
    client.post(f"/improvements/new/?adjusts={made.ref}", typed(leila, amara, change="And a hint"))
    assert Improvement.objects.order_by("pk").last().adjusts == made


def test_an_agreements_new_version_is_chosen_where_it_is_the_change(client, desk, people):
    amara, _, leila = people
    version = make_agreement(desk)
    made = agree(desk, amara, leila, agreement_id=version.agreement_id)
    client.force_login(amara)
    page = client.get(made.get_absolute_url()).content.decode()
    assert f"/agreements/{version.agreement.ref}/change/" in page
    client.post(f"{made.get_absolute_url()}done/", {"done-done_on": timezone.localdate(), "done-version_id": version.pk})
    assert fresh(made).version == version
    assert version.get_absolute_url() in client.get(made.get_absolute_url()).content.decode()


def test_the_list_and_the_page_cost_the_same_for_any_number(client, desk, people, django_assert_max_num_queries):
    amara, tom, leila = people
    for number in range(33):
        made = agree(desk, amara, tom, leila, change=f"Change {number}")
    made = done(desk, amara, tom, leila)
    for day in range(40):
        count(desk, made.done_on - day * DAY, "missing", 1, 9)
    client.force_login(leila)
    with django_assert_max_num_queries(11):
        page = client.get("/improvements/?show=open").content.decode()
    assert "Change 32" in page
    assert "Change 1<" not in page
    assert "cursor=" in page
    assert client.get("/improvements/?show=ended").content.decode().count("data-item") == 0
    with django_assert_max_num_queries(25):
        client.get(made.get_absolute_url())


def test_the_api_reads_them_with_their_effect_and_hides_small_groups(desk, people):
    amara, tom, leila = people
    made = done(desk, amara, leila)
    count(desk, made.done_on - DAY, "missing", 6, 10)
    count(desk, made.done_on, "missing", 1, 4)
    robot = with_token(make_integration(desk, "Reports"))
    found = robot.get(f"/api/v1/improvements/{made.ref}/").json()
    assert [one["says"] for one in found["consents"]] == ["agree", "agree"]
    assert found["effect"]["before"]["value"] == 0.6
    assert found["effect"]["after"] == {"since": "2026-03-02", "until": "2026-04-06", "value": None, "numerator": None, "denominator": None}
    assert found["effect"]["difference"] is None
    count(desk, made.done_on + DAY, "missing", 1, 40)
    assert robot.get(f"/api/v1/improvements/{made.ref}/").json()["effect"]["method"] == "proportions"
    carrying_out.judge(improvement_id=made.pk, by=leila, at=timezone.now(), verdict="keep")
    assert signed_in(tom).read(f"/improvements/{made.ref}/").json()["judgements"][0]["verdict"] == "keep"
    assert robot.get("/api/v1/improvements/?state=judged").json()["results"][0]["ref"] == made.ref
    assert robot.get("/api/v1/improvements/?state=proposed").json()["results"] == []
    assert robot.post("/api/v1/improvements/", {}, content_type="application/json").status_code in (403, 405)


def test_one_that_is_not_done_has_no_effect_yet(desk, people):
    amara, _, leila = people
    made = propose(desk, amara, leila)
    assert signed_in(amara).read(f"/improvements/{made.ref}/").json()["effect"] is None
    improvements.withdraw(improvement_id=made.pk, by=amara, at=timezone.now())
    assert signed_in(amara).read("/improvements/").json()["results"][0]["state"] == "withdrawn"
