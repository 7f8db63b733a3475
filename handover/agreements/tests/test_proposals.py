"""Anybody proposes; those named answer; all agree, or a lead decides after the deadline. Nobody is asked about a text that is not the one in force then."""

from datetime import timedelta

import pytest

from common.errors import Invalid, NotAllowed, Refusal, StaleVersion
from handover.agreements import answering
from handover.agreements import operations as agreements
from handover.agreements.models import AgreementVersion
from handover.agreements.operations import Asked, Terms
from handover.agreements.queries import answers_owed, in_force_for
from handover.due.models import Due
from handover.moves import by_rule
from handover.notifications.models import Notification
from tests.stories import FOUR_PM, fresh, hours, make_action, make_agreement, make_colleague, make_offer, make_team

pytestmark = pytest.mark.django_db
LATER = FOUR_PM + hours(2)


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def people(team):
    """Lee leads; Amara, Tom and Zofia are colleagues."""
    return {"lee": make_colleague("Lee", team, lead=True), **{name.lower(): make_colleague(name, team) for name in ("Amara", "Tom", "Zofia")}}


@pytest.fixture
def agreed(team):
    """Version 1, in force."""
    return make_agreement(team, trigger="Any search still open at 17:15")


def propose(agreed, people, *named, by="amara", at=FOUR_PM, **more):
    terms = more.pop("terms", Terms(trigger="Any search still open at 17:00"))
    return agreements.propose(agreement=agreed.agreement, by=people[by], at=at, terms=terms, named=[people[name].pk for name in named], **more)


def says(version, person, answer="agree", words="", at=LATER, **more):
    return answering.answer(version_id=version.pk, by=person, at=at, answer=answer, words=words, **more)


def told(person, kind):
    return Notification.objects.filter(recipient=person, kind=kind, settled_at=None).count()


def test_it_is_in_force_when_the_last_of_those_named_agrees_and_running_handovers_keep_theirs(agreed, people):
    item = make_offer(people["amara"], people["tom"], action=make_action(people["amara"], service=agreed.agreement.point.service))
    version = propose(agreed, people, "lee", "tom")
    assert (version.number, version.state, fresh(agreed).state) == (2, "proposed", "in_force")
    says(version, people["lee"])
    assert fresh(version).state == "proposed"
    says(version, people["tom"])
    assert (fresh(version).state, fresh(version).in_force_at, fresh(agreed).state, fresh(agreed).ended_at) == ("in_force", LATER, "ended", LATER)
    assert (in_force_for(agreed.agreement.point.service_id, "during").pk, fresh(item).agreement_version_id) == (version.pk, agreed.pk)


def test_not_yet_because_keeps_the_old_one_in_force_until_the_text_is_changed_and_everybody_asked_anew(agreed, people):
    version = propose(agreed, people, "lee", "tom")
    says(version, people["lee"])
    with pytest.raises(Invalid, match="what you want instead"):
        says(version, people["tom"], "change")
    says(version, people["tom"], "change", "16:50 is enough", line="When it is right to hand over")
    assert (fresh(version).state, answers_owed(people["lee"])) == ("proposed", [])
    new = Terms(trigger="Any search still open at 16:50")
    agreements.revise(version_id=version.pk, by=people["amara"], at=LATER, terms=new, named=[], read=1)
    assert [answers_owed(people[name]) for name in ("lee", "tom", "amara")] == [[version], [version], []]
    with pytest.raises(StaleVersion):
        says(version, people["tom"], read=1)
    says(version, people["tom"], read=2)
    says(version, people["lee"], read=2)
    assert (fresh(version).state, fresh(version).trigger) == ("in_force", "Any search still open at 16:50")
    assert [comment.words for comment in version.comments.all()] == ["16:50 is enough", agreements.CHANGED]


def test_naming_one_more_colleague_asks_only_them_and_nobody_is_left_out_for_having_said_no(agreed, people):
    version = propose(agreed, people, "lee", "tom")
    says(version, people["lee"])
    says(version, people["tom"], "keep", "It works")
    agreements.revise(version_id=version.pk, by=people["amara"], at=LATER, terms=Terms(trigger="Any search still open at 17:00"), named=[people["zofia"].pk])
    assert fresh(version).revision == 1
    assert dict(version.answers.values_list("colleague__display_name", "answer")) == {"Amara": "agree", "Lee": "agree", "Tom": "keep", "Zofia": ""}


def test_who_is_named_belongs_to_a_side_and_a_lead_and_both_sides_are_among_them(agreed, people, team):
    night = make_team("Night")
    nia = make_colleague("Nia", night)
    with pytest.raises(Invalid, match="No lead"):
        propose(agreed, people, "tom")
    with pytest.raises(Invalid, match="belong to neither team"):
        agreements.propose(agreement=agreed.agreement, by=people["amara"], at=FOUR_PM, terms=Terms(), named=[people["lee"].pk, nia.pk])
    with pytest.raises(Invalid, match="Nobody of Night"):
        propose(agreed, people, "lee", terms=Terms(to_team_id=night.pk))
    version = agreements.propose(agreement=agreed.agreement, by=people["amara"], at=FOUR_PM, terms=Terms(to_team_id=night.pk), named=[people["lee"].pk, nia.pk])
    assert version in answers_owed(nia)
    with pytest.raises(NotAllowed, match="not named"):
        says(version, people["tom"])
    says(version, nia)
    says(version, people["lee"])
    assert fresh(version).state == "in_force"


def test_one_change_at_a_time(agreed, people):
    version = propose(agreed, people, "lee")
    with pytest.raises(Invalid, match="Version 2 is proposed already, by Amara"):
        propose(agreed, people, "lee", by="tom")
    answering.withdraw(version_id=version.pk, by=people["amara"], at=LATER)
    assert not Due.objects.live().exists() and not told(people["lee"], "proposed")
    assert propose(agreed, people, "lee", by="tom", at=LATER).number == 3


def test_a_lead_decides_alone_only_with_a_reason_that_stays(agreed, people):
    with pytest.raises(Invalid, match="say why you decide it alone"):
        raise_possible(lambda: propose(agreed, people, by="lee"))
    version = propose(agreed, people, by="lee", reason="The lift is out of order until May")
    assert (version.state, version.decided_by, version.decided_why) == ("in_force", people["lee"], "The lift is out of order until May")


def raise_possible(move):
    """What would make it possible is what is looked at."""
    try:
        move()
    except Refusal as refusal:
        raise type(refusal)(refusal.possible) from refusal


def test_after_the_deadline_a_lead_decides_with_a_reason_and_not_before(agreed, people):
    version = propose(agreed, people, "lee", "tom", answer_by=FOUR_PM + hours(24))
    says(version, people["tom"], "keep", "It works")
    decide = {"version_id": version.pk, "in_force": True, "reason": "Three searches were lost"}
    with pytest.raises(Refusal, match="still have time"):
        answering.decide(by=people["lee"], at=FOUR_PM + hours(23), **decide)
    with pytest.raises(NotAllowed):
        answering.decide(by=people["amara"], at=FOUR_PM + hours(25), **decide)
    with pytest.raises(Invalid, match="Say why"):
        answering.decide(by=people["lee"], at=FOUR_PM + hours(25), **{**decide, "reason": ""})
    answering.decide(by=people["lee"], at=FOUR_PM + hours(25), **decide)
    assert (fresh(version).state, fresh(version).decided_why, fresh(agreed).state) == ("in_force", "Three searches were lost", "ended")


def test_a_lead_may_keep_the_present_version_and_somebody_else_may_not_end_it(agreed, people):
    version = propose(agreed, people, "lee", answer_by=FOUR_PM + hours(24))
    with pytest.raises(NotAllowed):
        answering.withdraw(version_id=version.pk, by=people["tom"], at=LATER)
    with pytest.raises(Invalid, match="colleague"):
        answering.withdraw(version_id=version.pk, by=people["lee"], at=LATER)
    answering.decide(version_id=version.pk, by=people["lee"], at=FOUR_PM + hours(25), in_force=False, reason="Not in winter")
    assert (fresh(version).state, fresh(agreed).state) == ("refused", "in_force")
    with pytest.raises(Invalid, match="not agreed"):
        says(version, people["lee"])


def test_whoever_has_left_does_not_hold_it_up(agreed, people):
    version = propose(agreed, people, "lee", "tom")
    people["tom"].memberships.update(ended_at=FOUR_PM)
    says(version, people["lee"])
    assert fresh(version).state == "in_force"


def test_the_same_answer_twice_changes_nothing(agreed, people):
    version = propose(agreed, people, "lee", "tom")
    for _ in range(2):
        says(version, people["tom"], "keep", "It works")
    assert (version.comments.count(), told(people["amara"], "proposal_answered")) == (1, 1)
    says(version, people["tom"])
    for _ in range(2):
        says(version, people["lee"])
    assert fresh(version).state == "in_force"


def fall_due(at, monkeypatch):
    monkeypatch.setattr(by_rule, "app_now", lambda: at)
    by_rule.tell([taken(row) for row in Due.objects.live().filter(due_at__lte=at).order_by("due_at", "pk")], at=at)


def taken(row):
    return by_rule.Taken(row.pk, row.rule, row.step, row.subject_type, row.subject_id, row.team_id, row.person_id, row.due_at, row.attempts, row.lease_token)


def test_whoever_owes_an_answer_is_reminded_and_the_leads_hear_at_the_deadline(agreed, people, monkeypatch):
    version = propose(agreed, people, "lee", "tom", answer_by=FOUR_PM + timedelta(days=7))
    says(version, people["lee"])
    assert (told(people["tom"], "proposed"), told(people["lee"], "proposed")) == (1, 0)
    fall_due(FOUR_PM + timedelta(days=6), monkeypatch)
    assert [told(people[name], "agreement_waits") for name in ("tom", "lee", "amara")] == [1, 0, 0]
    fall_due(FOUR_PM + timedelta(days=7), monkeypatch)
    assert [told(people[name], "agreement_waits") for name in ("tom", "lee", "amara")] == [1, 1, 1]
    answering.withdraw(version_id=version.pk, by=people["amara"], at=FOUR_PM + timedelta(days=8))
    assert Due.objects.live().count() == Notification.objects.filter(kind="agreement_waits", settled_at=None).count() == 0


def test_it_comes_up_on_the_day_of_its_review_and_a_lead_says_that_it_still_holds(agreed, people, monkeypatch):
    day = (FOUR_PM + timedelta(days=30)).date()
    version = propose(agreed, people, "lee", "tom", terms=Terms(review_on=day))
    for name in ("lee", "tom"):
        says(version, people[name])
    morning = Due.objects.live().get(rule="agreement_review")
    assert morning.due_at.isoformat() == f"{day}T08:00:00+00:00"  # nine in British Summer Time
    fall_due(morning.due_at, monkeypatch)
    assert [told(people[name], "agreement_review") for name in ("lee", "tom", "amara", "zofia")] == [1, 1, 1, 0]
    agreements.review(agreement=agreed.agreement, by=people["lee"], at=morning.due_at, review_on=day + timedelta(days=90))
    assert (told(people["lee"], "agreement_review"), Due.objects.live().get().due_at.date()) == (0, day + timedelta(days=90))


def test_a_first_agreement_is_proposed_by_a_colleague_and_can_be_proposed_again(agreed, people):
    point = agreed.agreement.point
    first = agreements.propose_first(
        point=point, applies="between", by=people["amara"], at=FOUR_PM, terms=Terms(), named=[people["lee"].pk], why="Nothing is said"
    )
    assert in_force_for(point.service_id, "between") == agreed
    with pytest.raises(Invalid, match="already"):
        agreements.make(point=point, applies="between", by=people["lee"], at=FOUR_PM, terms=Terms())
    answering.withdraw(version_id=first.pk, by=people["amara"], at=LATER)
    again = agreements.propose_first(
        point=point, applies="between", by=people["amara"], at=LATER, terms=Terms(required=[Asked("Which?")]), named=[people["lee"].pk]
    )
    says(again, people["lee"])
    assert (again.agreement, again.number, in_force_for(point.service_id, "between")) == (first.agreement, 2, again)


def test_every_version_keeps_its_own_text(agreed, people):
    propose(agreed, people, by="lee", reason="Tried out", terms=Terms(required=[Asked("Which room?")], read_back=["urgent"]))
    propose(agreed, people, by="lee", reason="Tried out", terms=Terms(required=[Asked("Which guest?")]))
    versions = AgreementVersion.objects.filter(agreement=agreed.agreement).order_by("number")
    assert [[one.question for one in version.required.all()] for version in versions] == [[], ["Which room?"], ["Which guest?"]]
    assert [version.state for version in versions] == ["ended", "ended", "in_force"]


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_answers_are_due_in_time(agreed, people, days):
    with pytest.raises(Invalid, match="within 90 days"):
        propose(agreed, people, "lee", answer_by=FOUR_PM + timedelta(days=days))
