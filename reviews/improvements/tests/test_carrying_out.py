"""Its owner carries it out, whoever is concerned hears of it, a lead says whether it worked; nobody is reminded twice."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from common.errors import Invalid, InvalidTransition, NotAllowed, Refusal
from handover.notifications.models import Kind, Notification
from reviews.improvements import carrying_out, prompting
from reviews.improvements import operations as improvements
from reviews.improvements.models import Judgement
from reviews.improvements.operations import Change
from reviews.improvements.states import State
from reviews.improvements.tests.makers import TODAY, agree, count, done, propose
from tests.stories import FOUR_PM, fresh, make_agreement, make_colleague, make_team

pytestmark = pytest.mark.django_db
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def told(person, *, after=None) -> list[str]:
    rows = Notification.objects.filter(recipient=person).order_by("pk")
    return list((rows.filter(at__gt=after) if after else rows).values_list("kind", flat=True))


def standing(kind) -> list[str]:
    return sorted(Notification.objects.filter(kind=kind, settled_at=None).values_list("recipient__display_name", flat=True))


def test_its_owner_or_a_lead_says_that_it_is_done(desk, people):
    amara, tom, leila = people
    made = agree(desk, amara, tom, leila)
    with pytest.raises(NotAllowed):
        carrying_out.carry_out(improvement_id=made.pk, by=tom, at=FOUR_PM, done_on=TODAY)
    with pytest.raises(Invalid):
        carrying_out.carry_out(improvement_id=made.pk, by=amara, at=FOUR_PM, done_on=TODAY + DAY)
    for _ in range(2):
        carrying_out.carry_out(improvement_id=made.pk, by=amara, at=FOUR_PM, done_on=TODAY - DAY, words="The form has two boxes")
    assert fresh(made).state == State.DONE
    assert told(tom).count(Kind.IMPROVEMENT_DONE) == 1
    with pytest.raises(Refusal):
        carrying_out.carry_out(improvement_id=propose(desk, amara, leila).pk, by=amara, at=FOUR_PM, done_on=TODAY)


def test_it_names_the_new_version_of_the_agreement_that_is_the_change(desk, people):
    amara, _, leila = people
    version, other = make_agreement(desk), make_agreement(desk, service="Taxis")
    made = agree(desk, amara, leila, agreement_id=version.agreement_id)
    with pytest.raises(Invalid, match="another agreement"):
        carrying_out.carry_out(improvement_id=made.pk, by=amara, at=FOUR_PM, done_on=TODAY, version_id=other.pk)
    with pytest.raises(Invalid, match="not in force"):
        carrying_out.carry_out(improvement_id=made.pk, by=amara, at=FOUR_PM, done_on=TODAY, version_id=0xFFFF)
    carrying_out.carry_out(improvement_id=made.pk, by=amara, at=FOUR_PM, done_on=TODAY, version_id=version.pk)
    assert fresh(made).version == version


def test_a_lead_judges_with_the_figures_as_they_stand(desk, people):
    # Given a change that was carried out, with figures before and after
    amara, tom, leila = people
    count(desk, TODAY - DAY, "missing", 30, 60)
    count(desk, TODAY, "missing", 12, 60)
    made = done(desk, amara, tom, leila)
    with pytest.raises(NotAllowed):
        carrying_out.judge(improvement_id=made.pk, by=amara, at=FOUR_PM, verdict="keep")

    # When Leila judges it, twice by a double press
    for _ in range(2):
        carrying_out.judge(improvement_id=made.pk, by=leila, at=FOUR_PM, verdict="keep", words="Keep it")

    # Then it is judged once, what was shown is kept, and everybody hears it
    assert fresh(made).state == State.JUDGED
    kept = Judgement.objects.get()
    assert kept.measured["before"]["n_of"] == [30, 60]
    assert kept.measured["difference"]["rose"] == pytest.approx(-0.3)
    assert told(tom).count(Kind.IMPROVEMENT_OVER) == 1
    count(desk, TODAY - 2 * DAY, "missing", 60, 60)
    assert fresh(kept).measured["before"]["n_of"] == [30, 60]
    with pytest.raises(InvalidTransition):
        carrying_out.judge(improvement_id=made.pk, by=leila, at=FOUR_PM, verdict="undo")


def test_too_early_asks_again_in_four_weeks(desk, people):
    amara, _, leila = people
    made = done(desk, amara, leila)
    assert prompting.fire(at=FOUR_PM + 27 * DAY) == 0
    assert prompting.fire(at=FOUR_PM + 28 * DAY) == 1
    assert standing(Kind.IMPROVEMENT_JUDGE) == ["Leila Haddad"]
    carrying_out.judge(improvement_id=made.pk, by=leila, at=FOUR_PM + 29 * DAY, verdict="too_early")
    assert fresh(made).state == State.DONE
    assert standing(Kind.IMPROVEMENT_JUDGE) == []
    assert prompting.fire(at=FOUR_PM + 56 * DAY) == 0
    assert prompting.fire(at=FOUR_PM + 57 * DAY) == 1
    carrying_out.judge(improvement_id=made.pk, by=leila, at=FOUR_PM + 58 * DAY, verdict="adjust")
    assert fresh(made).state == State.JUDGED
    assert prompting.fire(at=FOUR_PM + 500 * DAY) == 0


def test_what_was_judged_may_lead_to_the_next_change(desk, people):
    amara, _, leila = people
    made = done(desk, amara, leila)
    with pytest.raises(Refusal):
        propose(desk, amara, leila, sources={"adjusts": made})
    carrying_out.judge(improvement_id=made.pk, by=leila, at=FOUR_PM, verdict="adjust")
    assert propose(desk, amara, leila, sources={"adjusts": fresh(made)}).adjusts == made


def test_who_has_not_answered_is_reminded_and_leads_hear_that_they_may_decide(desk, people):
    amara, tom, leila = people
    made = propose(desk, amara, tom, leila)
    improvements.answer(improvement_id=made.pk, by=leila, at=FOUR_PM, says="agree")
    assert prompting.fire(at=FOUR_PM + 3 * DAY - timedelta(minutes=1)) == 0
    assert prompting.fire(at=FOUR_PM + 3 * DAY) == 1
    assert standing(Kind.IMPROVEMENT_WAITS) == ["Tom Reid"]
    assert prompting.fire(at=FOUR_PM + 7 * DAY) == 1
    assert told(leila)[-1] == Kind.IMPROVEMENT_WAITS
    improvements.answer(improvement_id=made.pk, by=tom, at=FOUR_PM + 8 * DAY, says="agree")
    assert standing(Kind.IMPROVEMENT_WAITS) == []


def test_its_owner_hears_before_the_day_and_once_it_is_over_with_the_lead(desk, people):
    # Given an improvement that is due on Thursday 12 March
    amara, tom, leila = people
    made = agree(desk, amara, tom, leila)
    nine = datetime(2026, 3, 9, 9, tzinfo=UTC)
    assert prompting.fire(at=nine - timedelta(minutes=1)) == 0
    assert prompting.fire(at=nine) == 1
    assert standing(Kind.IMPROVEMENT_DUE) == ["Amara Osei"]
    assert prompting.fire(at=nine + 4 * DAY) == 1
    assert standing(Kind.IMPROVEMENT_DUE) == ["Amara Osei", "Amara Osei", "Leila Haddad"]
    assert Notification.objects.filter(recipient=leila).last().title == "An improvement is overdue: Ask for two readings"
    assert prompting.fire(at=nine + 40 * DAY) == 0
    carrying_out.carry_out(improvement_id=made.pk, by=amara, at=nine + 5 * DAY, done_on=TODAY)
    assert standing(Kind.IMPROVEMENT_DUE) == []


def test_after_a_long_outage_everybody_hears_once(desk, people):
    amara, tom, leila = people
    late, asked = agree(desk, amara, tom, leila), propose(desk, amara, tom, leila)
    before = Notification.objects.last()
    assert prompting.fire(at=FOUR_PM + 90 * DAY) == 2
    new = Notification.objects.filter(pk__gt=before.pk)
    assert sorted(new.values_list("subject_id", "recipient__display_name")) == sorted(
        [(late.pk, "Amara Osei"), (late.pk, "Leila Haddad"), (asked.pk, "Leila Haddad"), (asked.pk, "Tom Reid")]
    )


def test_another_day_or_owner_has_a_reason_and_moves_the_reminders(desk, people):
    amara, tom, leila = people
    made = agree(desk, amara, tom, leila)
    later = TODAY + 20 * DAY
    with pytest.raises(Invalid):
        carrying_out.plan(improvement_id=made.pk, by=amara, at=FOUR_PM, owner_id=tom.pk, due_on=later)
    with pytest.raises(NotAllowed):
        carrying_out.plan(improvement_id=made.pk, by=tom, at=FOUR_PM, owner_id=tom.pk, due_on=later, reason="I do it")
    carrying_out.plan(improvement_id=made.pk, by=leila, at=FOUR_PM, owner_id=tom.pk, due_on=later, reason="Amara is away")
    assert prompting.fire(at=FOUR_PM + 16 * DAY) == 0
    assert prompting.fire(at=FOUR_PM + 17 * DAY) == 1
    assert standing(Kind.IMPROVEMENT_DUE) == ["Tom Reid"]


def test_where_the_owner_left_the_lead_hears(desk, people):
    amara, tom, leila = people
    made = agree(desk, tom, leila)
    tom.memberships.update(ended_at=FOUR_PM)
    assert prompting.fire(at=FOUR_PM + 8 * DAY) == 1
    assert standing(Kind.IMPROVEMENT_DUE) == ["Leila Haddad"]
    carrying_out.plan(improvement_id=made.pk, by=leila, at=FOUR_PM + 8 * DAY, owner_id=amara.pk, due_on=fresh(made).due_on, reason="Tom left")
    assert fresh(made).owner == amara


def test_other_changes_are_noted_once(desk, people):
    amara, tom, leila = people
    made = done(desk, amara, leila)
    for _ in range(2):
        carrying_out.remark(improvement_id=made.pk, by=tom, at=FOUR_PM, words="Two advisers joined")
    assert made.other_changes.count() == 1
    with pytest.raises(NotAllowed):
        carrying_out.remark(improvement_id=made.pk, by=make_colleague("Ann", make_team("Elsewhere")), at=FOUR_PM, words="Hello")


def test_the_clock_of_the_team_rules(people):
    there = make_team("Sydney desk", zone="Australia/Sydney")
    made = agree(there, make_colleague("Kim Lee", there), at=FOUR_PM)
    assert made.state == State.AGREED  # nobody else is concerned
    assert made.prompts.get(what="overdue").due_at == datetime(2026, 3, 12, 22, tzinfo=UTC)  # nine in the morning of the 13th


@pytest.mark.django_db(transaction=True)
def test_two_bells_at_once_tell_once(desk, people):
    amara, tom, leila = people
    for number in range(6):
        propose(desk, amara, tom, leila, change=f"Change {number}")
    together = Barrier(2)

    def ring():
        together.wait()
        prompting.fire(at=FOUR_PM + 4 * DAY)
        connection.close()

    threads = [Thread(target=ring) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    prompting.fire(at=FOUR_PM + 4 * DAY)
    assert Notification.objects.filter(kind=Kind.IMPROVEMENT_WAITS, recipient=tom).count() == 6


def test_the_same_text_written_again_asks_nobody_anew(desk, people):
    amara, tom, leila = people
    made = propose(desk, amara, tom, leila)
    same = Change(change=made.change, owner_id=amara.pk, due_on=made.due_on, figure=made.figure, target=made.target)
    improvements.rewrite(improvement_id=made.pk, by=amara, at=FOUR_PM, change=same)
    assert fresh(made).revision == 1
    assert told(tom) == [Kind.IMPROVING]
