"""A colleague's own evidence: off until it is turned on, chosen by rules, picked or dropped by its owner, without customers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Event
from common.errors import Invalid, Refusal
from handover import moves
from reviews.evidence import operations, queries
from reviews.evidence.content import content_of
from reviews.evidence.models import Evidence, EvidenceChoice
from reviews.evidence.rules import RULES
from reviews.evidence.standards import CRITERIA
from tests.stories import FOUR_PM, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_team, minutes

pytestmark = pytest.mark.django_db
LATER = FOUR_PM + hours(2)
DAY = FOUR_PM.date()


@pytest.fixture
def desk():
    return make_team("Front desk")


@pytest.fixture
def people(desk):
    return make_colleague("Amara Osei", desk, role="host"), make_colleague("Tom Reid", desk, role="night porter")


def turn_on(person, **more):
    return operations.turn_on(by=person, at=LATER, **{"standard": "A", "since": DAY, **more})


def found(person, key, cursor=None):
    evidence = Evidence.objects.get(owner=person)
    return queries.found_for(person, key, queries.period_of(evidence, evidence.owner.memberships.get().team.tz, LATER), cursor=cursor)


def event_of(kind, **which):
    return Event.objects.filter(kind=kind, **which).order_by("-pk").first()


def test_what_one_did_oneself_is_suggested_for_what_it_shows_and_nobody_elses(people):
    # Given that Amara hands an action over, Tom reads it back and accepts, and she says that he has it right
    amara, tom = people
    item = make_accepted(amara, tom)
    moves.answer_read_back(item_id=item.pk, by=amara, right=True, words="", at=FOUR_PM + minutes(5))

    # When both look at their evidence
    turn_on(amara)
    turn_on(tom)

    # Then each finds what they did, and for Tom the read-back itself
    assert [one.rule.key for one in found(amara, "A-P5").suggested] == ["checked_read_back", "handed_over"]
    assert [one.rule.key for one in found(tom, "A-P5").suggested] == []
    assert [one.rule.key for one in found(tom, "A-K6").suggested] == ["read_back"]
    assert "At the end of a shift" not in found(amara, "A-P5").suggested[1].facts.said
    assert "During a shift, to a colleague" in found(amara, "A-P5").suggested[1].facts.said


def test_a_record_is_picked_with_own_words_dropped_and_brought_back(people):
    amara, tom = people
    make_offer(amara, tom)
    turn_on(amara)
    offered = event_of("item.offered")
    choice = {"by": amara, "at": LATER, "criterion": "A-P5", "event_id": offered.pk}

    operations.pick(**choice, words="The customer moves tonight, so I gave the room as well.")
    assert [(one.event, one.words[:12]) for one in found(amara, "A-P5").picked] == [(offered.pk, "The customer")]
    assert found(amara, "A-P5").suggested == []

    operations.drop(**choice)
    assert [one.event for one in found(amara, "A-P5").dropped] == [offered.pk]
    operations.pick(**choice, words="Again")
    assert EvidenceChoice.objects.get().picked
    assert found(amara, "A-P2").suggested  # for another criterion nothing was said


def test_words_that_tell_who_the_customer_is_are_refused(people):
    amara, tom = people
    action = make_action(amara, customer_name="Mrs Grace Ellis", customer_reference="214", customer_contact="07700 900123")
    make_offer(amara, tom, action=action)
    turn_on(amara)
    choice = {"by": amara, "at": LATER, "criterion": "A-P5", "event_id": event_of("item.offered").pk}
    for words in ("Ellis moved", "mrs grace ellis moved", "She is in 214", "Ring 07700 900123", "Ask Mr Smith", "a@b.example", "I wrote to SW1A 1AA"):
        with pytest.raises(Invalid) as refused:
            operations.pick(**choice, words=words)
        assert refused.value.field == "words"
    operations.pick(**choice, words="I gave the grace period, and the room for 2 guests.")
    with pytest.raises(Invalid):
        operations.write(by=amara, at=LATER, criterion="A-K1", words="As Mrs Ellis said")


def test_nothing_of_a_customer_goes_out(people):
    amara, tom = people
    secret = "Zebedee"
    service = make_agreement(amara.memberships.get().team).agreement.point.service
    words = {"title": f"Call {secret}", "customer_name": f"Mr {secret}", "customer_reference": f"{secret}-7", "promise": secret, "service": service}
    item = make_accepted(amara, tom, action=make_action(amara, **words), entry={"situation": secret})
    moves.contact(action_id=item.action_id, by=tom, at=FOUR_PM + minutes(9), text=secret, channel=secret)
    moves.answer(check_id=item.checks.get().pk, by=tom, outcome="unable", words=secret, at=FOUR_PM + minutes(20))
    moves.decide(follow_up_id=item.followups.get().pk, by=amara, decision="take_back", words=secret, at=FOUR_PM + minutes(25))
    for person in people:
        turn_on(person)
        assert operations.pick_newest(by=person, at=LATER, zone=timezone.get_current_timezone()) > 4
        content = str(content_of(Evidence.objects.get(owner=person), timezone.get_current_timezone(), LATER))
        assert secret not in content
        assert "Room moves, A. Request to room" in content
        assert (amara if person == tom else tom).display_name not in content


def test_it_is_off_until_it_is_turned_on_and_off_again_at_once(people):
    amara, tom = people
    make_offer(amara, tom)
    choice = {"by": amara, "at": LATER, "criterion": "A-P5", "event_id": event_of("item.offered").pk}
    with pytest.raises(Refusal):
        operations.pick(**choice)
    turn_on(amara)
    operations.pick(**choice)
    link, _ = operations.make_link(by=amara, at=LATER, zone=timezone.get_current_timezone(), name="Ms Ford", days=7)
    assert link.content["shown"] == 1

    operations.turn_off(by=amara, at=LATER)
    link.refresh_from_db()
    assert (link.revoked_at, link.content) == (LATER, None)
    assert EvidenceChoice.objects.count() == 1
    operations.turn_off(by=amara, at=LATER, forget=True)
    assert not EvidenceChoice.objects.exists()


def test_only_the_days_that_were_chosen_count(people):
    amara, tom = people
    make_offer(amara, tom)
    turn_on(amara, since=DAY + timedelta(days=1))
    assert not found(amara, "A-P5").suggested
    turn_on(amara, since=DAY - timedelta(days=3), until=DAY - timedelta(days=1))
    assert not found(amara, "A-P5").suggested
    turn_on(amara, since=DAY, until=DAY)
    assert found(amara, "A-P5").suggested
    with pytest.raises(Invalid) as refused:
        turn_on(amara, until=DAY - timedelta(days=1))
    assert refused.value.field == "until"


def test_someone_elses_record_cannot_be_picked_nor_one_that_shows_something_else(people):
    amara, tom = people
    make_offer(amara, tom)
    offered = event_of("item.offered").pk
    turn_on(amara)
    turn_on(tom)
    for by, key, event in ((tom, "A-P5", offered), (amara, "A-P11", offered), (amara, "X-1", offered), (amara, "A-P5", 10**15)):
        with pytest.raises(Invalid):
            operations.pick(by=by, at=LATER, criterion=key, event_id=event)


def test_every_criterion_of_both_standards_has_a_rule_and_every_rule_a_criterion():
    assert len(CRITERIA) == 39
    assert {key for rule in RULES for key in rule.criteria} == set(CRITERIA)
