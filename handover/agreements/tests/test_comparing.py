"""Two versions side by side, with the words that changed; and the pages on which they stand."""

import pytest

from handover.agreements import answering
from handover.agreements import operations as agreements
from handover.agreements.comparing import changes, marked
from handover.agreements.models import AgreementVersion
from handover.agreements.operations import Asked, Terms
from handover.agreements.queries import complete
from tests.stories import FOUR_PM, make_agreement, make_colleague, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make_colleague("Lee", make_team(), lead=True)


@pytest.fixture
def version(lead):
    return make_agreement(lead.memberships.get().team, trigger="Any search still open at 17:15", must=("Order number?", "Which van?"))


def words(sentence):
    return [(part.text, part.changed) for part in sentence]


def test_only_the_words_that_changed_are_marked():
    then, now = marked("Any search still open at 17:15", "Any search still open at 17:00, read back")
    assert words(then) == [("Any search still open at", False), ("17:15", True)]
    assert words(now) == [("Any search still open at", False), ("17:00, read back", True)]


def test_lines_that_differ_are_told_from_those_that_do_not(lead, version):
    new = Terms(
        trigger="Any search still open at 17:00", channel=version.channel, required=[Asked("Order number?", "", "must", "must", "must"), Asked("Photo?")]
    )
    agreements.propose(agreement=version.agreement, by=lead, at=FOUR_PM, terms=new, reason="Tried out")
    first, second = complete(AgreementVersion.objects.order_by("number"))
    differing = {change.label: change for change in changes(first, second) if change.differs}
    assert list(differing) == ["When it is right to hand over", "What information"]
    information = differing["What information"]
    assert [words(sentence) for sentence in information.then] == [[("Order number? (must)", False)], [("Which van? (must)", True)]]
    assert [any(part.changed for part in sentence) for sentence in information.now] == [False, True]


def test_any_two_versions_are_compared_and_others_are_not_found(lead, version, client):
    for trigger in ("Second words", "Third words"):
        agreements.propose(agreement=version.agreement, by=lead, at=FOUR_PM, terms=Terms(trigger=trigger), reason="Tried out")
    client.force_login(lead)
    address = f"/agreements/{version.agreement.ref}/compare/"
    newest, oldest = client.get(address).content.decode(), client.get(f"{address}?then=1&now=2").content.decode()
    assert "<del>Second</del>" in newest and "<ins>Third</ins>" in newest
    assert "Second words" in oldest and "Third" not in oldest
    for wrong in ("then=9", "now=x", "then=%00", "now=99999999999999999999"):
        assert client.get(f"{address}?{wrong}").status_code == 404, wrong


def test_the_page_of_a_proposal_says_what_it_is_at_every_stage(lead, version, client):
    team = lead.memberships.get().team
    amara, tom = make_colleague("Amara", team), make_colleague("Tom", team)
    proposal = agreements.propose(agreement=version.agreement, by=amara, at=FOUR_PM, terms=Terms(trigger="Later"), named=[lead.pk])
    address = proposal.get_absolute_url()

    def shows(person):
        client.force_login(person)
        return client.get(address).content.decode()

    assert "Do you agree to this change?" in shows(lead) and "Change the proposal" not in shows(lead)
    assert "Change the proposal" in shows(amara) and "Your answer" in shows(amara)
    assert "Your answer" not in shows(tom) and "Your comment" in shows(tom)
    answering.comment(version_id=proposal.pk, by=lead, at=FOUR_PM, words="<b>Why</b> later?")
    assert "Has a question" in shows(tom) and "&lt;b&gt;Why&lt;/b&gt; later?" in shows(tom)
    answering.withdraw(version_id=proposal.pk, by=amara, at=FOUR_PM)
    assert "This proposal was withdrawn" in shows(tom) and "Your comment" not in shows(tom)
    client.force_login(make_colleague("Nia", make_team("Elsewhere")))
    assert client.get(address).status_code == client.post(f"{address}answer/", {"answer": "agree"}).status_code == 404


def test_a_refused_answer_keeps_what_was_typed(lead, version, client):
    amara = make_colleague("Amara", lead.memberships.get().team)
    proposal = agreements.propose(agreement=version.agreement, by=amara, at=FOUR_PM, terms=Terms(trigger="Later"), named=[lead.pk])
    client.force_login(lead)
    sent = client.post(f"{proposal.get_absolute_url()}answer/", {"answer": "keep", "because": "It works", "read": "7"})
    assert (sent.status_code, "It works" in sent.content.decode()) == (422, True)
    assert client.post(f"{proposal.get_absolute_url()}answer/", {"answer": "nonsense"}).status_code == 422
    assert client.get(f"{proposal.get_absolute_url()}answer/").status_code == 405


def test_the_page_of_a_proposal_costs_the_same_however_much_was_said(lead, version, client, django_assert_max_num_queries):
    team = lead.memberships.get().team
    named = [make_colleague(f"Colleague {number}", team) for number in range(12)]
    proposal = agreements.propose(agreement=version.agreement, by=lead, at=FOUR_PM, terms=Terms(trigger="Later"), named=[one.pk for one in named])
    for number, one in enumerate(named):
        answering.comment(version_id=proposal.pk, by=one, at=FOUR_PM, words=f"Comment {number}")
    client.force_login(lead)
    with django_assert_max_num_queries(24):
        assert client.get(proposal.get_absolute_url()).status_code == 200
