"""Those concerned agree, or say why not yet; nobody who left is waited for, and a lead may decide."""

from datetime import timedelta

import pytest

from audit.models import Event
from common.errors import Invalid, NotAllowed, Refusal, StaleVersion
from handover.notifications.models import Kind, Notification
from reviews.improvements import operations as improvements
from reviews.improvements import prompting, queries
from reviews.improvements.models import Improvement
from reviews.improvements.operations import Change
from reviews.improvements.states import State
from reviews.improvements.tests.makers import TODAY, agree, propose
from reviews.reviewing.models import Review
from tests.api.clients import make_integration
from tests.stories import FOUR_PM, fresh, make_agreement, make_colleague, make_team

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(person) -> list[str]:
    return list(Notification.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def test_it_is_agreed_when_the_last_of_those_concerned_agrees(desk, people):
    # Given that Amara proposes something that concerns Tom and Leila
    amara, tom, leila = people
    made = propose(desk, amara, tom, leila)
    assert told(tom) == told(leila) == [Kind.IMPROVING]

    # When one of them agrees, nothing is agreed yet and she hears of it
    improvements.answer(improvement_id=made.pk, by=tom, at=FOUR_PM, says="agree")
    assert fresh(made).state == State.PROPOSED
    assert told(amara) == [Kind.IMPROVEMENT_HEARD]

    # And when the last one does, it is, everybody hears it and nothing waits any more
    improvements.answer(improvement_id=made.pk, by=leila, at=FOUR_PM, says="agree")
    assert fresh(made).state == State.AGREED
    assert told(amara)[-1] == told(tom)[-1] == Kind.IMPROVEMENT_ON
    assert not Notification.objects.filter(kind=Kind.IMPROVING, settled_at=None).exists()
    kinds = list(Event.objects.filter(subject_ref=made.ref).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["improvement.proposed", "improvement.answered", "improvement.answered", "improvement.agreed"]


def test_not_yet_says_why_holds_it_back_and_can_be_changed(desk, people):
    amara, tom, leila = people
    made = propose(desk, amara, tom, leila)
    with pytest.raises(Invalid) as refused:
        improvements.answer(improvement_id=made.pk, by=tom, at=FOUR_PM, says="not_yet", words="  ")
    assert refused.value.field == "words"
    improvements.answer(improvement_id=made.pk, by=tom, at=FOUR_PM, says="not_yet", words="The form has one box")
    improvements.answer(improvement_id=made.pk, by=leila, at=FOUR_PM, says="agree")
    assert fresh(made).state == State.PROPOSED

    improvements.answer(improvement_id=made.pk, by=tom, at=FOUR_PM, says="agree")
    improvements.answer(improvement_id=made.pk, by=tom, at=FOUR_PM, says="agree")
    assert fresh(made).state == State.AGREED
    assert told(leila).count(Kind.IMPROVEMENT_ON) == 1


def test_its_owner_and_a_lead_are_always_asked(desk, people):
    amara, tom, leila = people
    with pytest.raises(Invalid) as refused:
        propose(desk, amara, owner=tom)
    assert refused.value.field == "concerned"
    made = propose(desk, amara, leila, owner=tom)
    improvements.answer(improvement_id=made.pk, by=leila, at=FOUR_PM, says="agree")
    assert fresh(made).state == State.PROPOSED
    assert [one.colleague for one in queries.still_needed(made)] == [tom]


def test_whoever_left_or_was_deactivated_is_not_waited_for(desk, people):
    # Given that everybody has agreed but Tom, who leaves, and Zofia, who is deactivated
    amara, tom, leila = people
    zofia = make_colleague("Zofia Lis", desk)
    made = propose(desk, amara, tom, leila, zofia)
    improvements.answer(improvement_id=made.pk, by=leila, at=FOUR_PM, says="agree")
    tom.memberships.update(ended_at=FOUR_PM)
    zofia.is_active = False
    zofia.save()
    assert queries.counted(Improvement.objects).values_list("agreed", "asked").get() == (2, 2)

    # When the bell rings, it is agreed by rule, once
    assert prompting.fire(at=FOUR_PM) == 1
    assert prompting.fire(at=FOUR_PM) == 0
    assert fresh(made).state == State.AGREED
    assert Event.objects.get(kind="improvement.agreed").data["rule"] == prompting.LEFT
    assert Kind.IMPROVEMENT_ON not in told(tom) + told(zofia)


def test_a_lead_decides_once_everybody_has_answered_or_after_seven_days(desk, people):
    amara, tom, leila = people
    made = propose(desk, amara, tom, leila)
    decide = {"improvement_id": made.pk, "by": leila, "reason": "Two readings are the rule now"}
    with pytest.raises(NotAllowed):
        improvements.decide(**{**decide, "by": amara}, at=FOUR_PM + 8 * DAY)
    with pytest.raises(Refusal, match="Not everybody has answered yet"):
        improvements.decide(**decide, at=FOUR_PM)
    with pytest.raises(Invalid):
        improvements.decide(**{**decide, "reason": ""}, at=FOUR_PM + 8 * DAY)
    improvements.answer(improvement_id=made.pk, by=leila, at=FOUR_PM, says="agree")
    improvements.answer(improvement_id=made.pk, by=tom, at=FOUR_PM, says="not_yet", words="Too soon")
    improvements.decide(**decide, at=FOUR_PM)
    assert fresh(made).state == State.AGREED
    assert fresh(made).decided_by == leila

    other = propose(desk, amara, tom, leila)
    improvements.decide(**{**decide, "improvement_id": other.pk}, at=FOUR_PM + 7 * DAY)
    assert fresh(other).state == State.AGREED


def test_what_is_changed_is_asked_anew_and_an_answer_to_the_older_text_is_refused(desk, people):
    amara, tom, leila = people
    made = propose(desk, amara, tom, leila)
    improvements.answer(improvement_id=made.pk, by=tom, at=FOUR_PM, says="agree", read=1)
    change = Change(change="Ask for one reading", owner_id=amara.pk, due_on=TODAY, figure="missing", target=0.2)
    with pytest.raises(NotAllowed):
        improvements.rewrite(improvement_id=made.pk, by=tom, at=FOUR_PM, change=change)
    improvements.rewrite(improvement_id=made.pk, by=amara, at=FOUR_PM, change=change, read=1)
    assert {one.colleague for one in queries.still_needed(made)} == {tom, leila}
    assert told(tom) == [Kind.IMPROVING, Kind.IMPROVING]
    with pytest.raises(StaleVersion):
        improvements.answer(improvement_id=made.pk, by=leila, at=FOUR_PM, says="agree", read=1)
    improvements.answer(improvement_id=made.pk, by=leila, at=FOUR_PM, says="agree", read=2)
    assert fresh(made).change == "Ask for one reading"


def test_it_is_withdrawn_with_a_reason_where_others_agreed(desk, people):
    amara, tom, leila = people
    made, agreed = propose(desk, amara, leila), agree(desk, amara, tom, leila)
    with pytest.raises(NotAllowed):
        improvements.withdraw(improvement_id=made.pk, by=tom, at=FOUR_PM)
    improvements.withdraw(improvement_id=made.pk, by=amara, at=FOUR_PM)
    assert fresh(made).state == State.WITHDRAWN
    with pytest.raises(Invalid):
        improvements.withdraw(improvement_id=agreed.pk, by=amara, at=FOUR_PM)
    improvements.withdraw(improvement_id=agreed.pk, by=leila, at=FOUR_PM, reason="The box is gone")
    assert told(tom)[-1] == Kind.IMPROVEMENT_OVER
    assert not agreed.prompts.filter(told_at=None).exists()
    with pytest.raises(Refusal):
        improvements.answer(improvement_id=made.pk, by=leila, at=FOUR_PM, says="agree")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"change": " "}, "change"),
        ({"due_on": TODAY - DAY}, "due_on"),
        ({"due_on": TODAY + 800 * DAY}, "due_on"),
        ({"figure": "given"}, "figure"),
        ({"figure": "nonsense"}, "figure"),
        ({"target": 1.2}, "target"),
        ({"target": -0.1}, "target"),
        ({"service_id": 0xFFFF}, "about"),
        ({"agreement_id": 0xFFFF}, "about"),
    ],
)
def test_what_cannot_be_measured_or_done_is_refused(desk, people, fields, field):
    amara, _, leila = people
    with pytest.raises(Invalid) as refused:
        propose(desk, amara, leila, **fields)
    assert refused.value.field == field


def test_strangers_and_integrations_are_kept_out(desk, people):
    amara, _, leila = people
    stranger = make_colleague("Ann Other", make_team("Elsewhere"))
    with pytest.raises(NotAllowed):
        propose(desk, stranger, leila)
    with pytest.raises(NotAllowed):
        propose(desk, make_integration(desk, "Bot").user, leila, owner=amara)
    with pytest.raises(Invalid) as refused:
        propose(desk, amara, leila, stranger)
    assert refused.value.field == "concerned"
    with pytest.raises(Invalid) as refused:
        propose(desk, amara, leila, owner=stranger)
    assert refused.value.field == "owner"
    made = propose(desk, amara, leila)
    with pytest.raises(NotAllowed):
        improvements.answer(improvement_id=made.pk, by=stranger, at=FOUR_PM, says="agree")


def test_the_receiving_team_of_an_agreement_takes_part(desk, people):
    amara, _, leila = people
    other = make_team("Maintenance")
    version, grace = make_agreement(desk, to_team=other), make_colleague("Grace Obi", other)
    made = propose(desk, amara, leila, grace, agreement_id=version.agreement_id)
    assert made.other_team == other
    assert Improvement.objects.visible_to(grace).get() == made
    assert not Improvement.objects.visible_to(make_colleague("Ann Other", make_team("Elsewhere"))).exists()


def test_whoever_takes_part_in_a_review_from_another_team_proposes_in_it(desk, people):
    _, _, leila = people
    other = make_team("Maintenance")
    grace = make_colleague("Grace Obi", other)
    dates = {"since": TODAY - 28 * DAY, "until": TODAY, "opened_at": FOUR_PM, "closes_at": FOUR_PM + 7 * DAY}
    review = Review.objects.create(team=desk, other_team=other, title="How do we share faults?", **dates)
    with pytest.raises(NotAllowed):
        propose(desk, grace, leila)
    made = propose(desk, grace, leila, sources={"review": review})
    assert made.other_team == other
    assert list(queries.of_review(review)) == [made] == list(Improvement.objects.visible_to(grace))
    improvements.withdraw(improvement_id=made.pk, by=grace, at=FOUR_PM)
