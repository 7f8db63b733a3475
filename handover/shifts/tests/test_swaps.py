"""Swaps and covers: offered, answered, decided; who may take what on; who hears of it."""

from datetime import timedelta

import pytest

from audit.models import Event
from common.errors import Invalid, InvalidTransition, NotAllowed, Refusal
from handover import moves
from handover.due.models import Due
from handover.moves import by_rule
from handover.moves.tests.telling import told
from handover.notifications.models import Notification
from handover.shifts import swap_operations as swaps
from handover.shifts.cover_operations import cover
from handover.shifts.models import Rostering
from handover.shifts.taking_on import roles_lost
from tests.stories import FOUR_PM, fresh, hours, make_colleague, make_shift, make_team

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


@pytest.fixture
def team():
    return make_team("Desk")


@pytest.fixture
def people(team):
    """Amara and Tom, host and porter; Zofia and a lead."""
    amara, tom = make_colleague("Amara Osei", team, role="host"), make_colleague("Tom Reid", team, role="porter")
    return amara, tom, make_colleague("Zofia Nowak", team), make_colleague("Lea Lead", team, lead=True)


@pytest.fixture
def late(team, people):
    return make_shift(team, "Late", FOUR_PM + TOMORROW, FOUR_PM + TOMORROW + hours(8), people[0])


@pytest.fixture
def night(team, people):
    return make_shift(team, "Night", FOUR_PM + 2 * TOMORROW + hours(8), FOUR_PM + 2 * TOMORROW + hours(16), people[1])


def names(shift):
    return {line.colleague.display_name for line in shift.rosterings.effective().select_related("colleague")}


def offered(people, late, night=None, **words):
    return swaps.offer_swap(shift=late, return_shift=night, to=words.pop("to", people[1]), by=people[0], at=words.pop("at", FOUR_PM), **words)


def accept(swap, by, **words):
    return swaps.answer_swap(swap_id=swap.pk, by=by, **{"accept": True, "at": FOUR_PM + hours(1), **words})


def test_my_shift_for_yours_changes_both_once_the_other_says_yes(people, late, night):
    amara, tom, *_ = people
    swap = offered(people, late, night, words="My sister's wedding")
    assert (names(late), told("swap_offered")) == ({"Amara Osei"}, {"Tom Reid"})
    accept(swap, tom)
    accept(swap, tom)
    assert (fresh(swap).state, names(late), names(night)) == ("made", {"Tom Reid"}, {"Amara Osei"})
    line = Rostering.objects.get(shift=late, colleague=tom)
    assert (line.how, line.replaces, line.marked_at) == ("swap", amara, FOUR_PM + hours(1))
    assert told("rostered") == {"Amara Osei"}  # Tom did it himself
    assert told("swap_answered") == set()
    assert not Due.objects.live().about(swap).exists()
    assert not Notification.objects.filter(kind="swap_offered", settled_at=None).exists()
    assert Event.objects.filter(kind="rota.swap_answered").count() == 1


def test_take_mine_is_a_cover_between_colleagues(people, late):
    swap = offered(people, late)
    accept(swap, people[1])
    assert names(late) == {"Tom Reid"}


def test_who_says_no_changes_nothing_and_the_other_hears_why(people, late, night):
    swap = offered(people, late, night)
    accept(swap, people[1], accept=False, words="I am at the dentist's")
    assert (fresh(swap).state, names(late), told("swap_answered"), told("rostered")) == ("declined", {"Amara Osei"}, {"Amara Osei"}, set())
    with pytest.raises(InvalidTransition):
        accept(swap, people[1])


def test_where_the_team_wants_it_a_lead_decides(people, late, night):
    amara, tom, _, lea = people
    swaps.set_swap_rule(team_id=late.team_id, lead_approves=True, by=lea, at=FOUR_PM)
    swap = accept(offered(people, late, night), tom)
    assert (swap.state, names(late), told("swap_waits"), told("swap_answered")) == ("agreed", {"Amara Osei"}, {"Lea Lead"}, {"Amara Osei"})
    with pytest.raises(NotAllowed):
        swaps.decide_swap(swap_id=swap.pk, approve=True, by=amara, at=FOUR_PM + hours(2))
    for _ in range(2):
        swaps.decide_swap(swap_id=swap.pk, approve=True, by=lea, at=FOUR_PM + hours(2))
    assert (names(late), names(night), told("rostered")) == ({"Tom Reid"}, {"Amara Osei"}, {"Amara Osei", "Tom Reid"})
    assert Event.objects.filter(kind="rota.swap_decided").count() == 1


def test_a_lead_who_refuses_says_why_and_both_hear_it(people, late):
    _, tom, _, lea = people
    swaps.set_swap_rule(team_id=late.team_id, lead_approves=True, by=lea, at=FOUR_PM)
    swap = accept(offered(people, late), tom)
    with pytest.raises(Invalid, match="Say why"):
        swaps.decide_swap(swap_id=swap.pk, approve=False, by=lea, at=FOUR_PM)
    Notification.objects.all().delete()
    swaps.decide_swap(swap_id=swap.pk, approve=False, words="Both of you are needed.", by=lea, at=FOUR_PM)
    assert (fresh(swap).state, told("swap_answered"), names(late)) == ("refused", {"Amara Osei", "Tom Reid"}, {"Amara Osei"})


def test_a_lead_does_not_decide_before_the_colleague_has_answered(people, late):
    swap = offered(people, late)
    with pytest.raises(Refusal, match="has not answered yet"):
        swaps.decide_swap(swap_id=swap.pk, approve=True, by=people[3], at=FOUR_PM)


def test_whoever_offered_it_withdraws_it(people, late):
    swap = offered(people, late)
    with pytest.raises(NotAllowed):
        swaps.withdraw_swap(swap_id=swap.pk, by=people[1], at=FOUR_PM)
    for _ in range(2):
        swaps.withdraw_swap(swap_id=swap.pk, by=people[0], at=FOUR_PM)
    with pytest.raises(InvalidTransition):
        accept(swap, people[1])
    assert Event.objects.filter(kind="rota.swap_withdrawn").count() == 1


def test_a_shift_is_on_offer_to_one_colleague_at_a_time(people, late):
    assert offered(people, late) == offered(people, late)
    with pytest.raises(Refusal, match="have offered Late"):
        offered(people, late, to=people[2])


def test_only_who_is_asked_answers(people, late):
    with pytest.raises(NotAllowed, match="offered to Tom Reid"):
        accept(offered(people, late), people[2])


def test_it_reminds_halfway_and_runs_out_when_a_shift_begins(people, late, night, database_clock):
    swap = offered(people, late, night)
    Notification.objects.all().delete()
    database_clock(FOUR_PM + hours(12))
    by_rule.move_due()
    assert (told("swap_offered"), fresh(swap).state) == ({"Tom Reid"}, "offered")
    database_clock(late.starts_at)
    by_rule.move_due()
    assert (fresh(swap).state, told("swap_answered"), names(late)) == ("lapsed", {"Amara Osei", "Tom Reid"}, {"Amara Osei"})
    assert Event.objects.get(kind="rota.swap_lapsed").actor_id is None


def test_what_cannot_be_taken_on_is_refused_with_the_reason(team, people, late, night):
    amara, tom, zofia, lea = people
    with pytest.raises(Refusal, match="Tom Reid is on Late, Tue 3 Mar already"):
        make_line = Rostering.objects.create(shift=late, colleague=tom)
        offered(people, late)
    make_line.delete()
    with pytest.raises(Refusal, match="Zofia Nowak is not on Night"):
        offered(people, late, night, to=zofia)
    with pytest.raises(Refusal, match="Amara Osei is not on Night"):
        swaps.offer_swap(shift=night, to=zofia, by=amara, at=FOUR_PM)
    with pytest.raises(Refusal, match="has begun"):
        offered(people, late, at=late.starts_at + hours(1))
    with pytest.raises(Refusal, match="not in the team"):
        offered(people, late, to=make_colleague("Sam", make_team("Elsewhere")))
    with pytest.raises(Invalid, match="somebody else"):
        offered(people, late, to=amara)
    moves.tell_absence(team=team, colleague=zofia, by=lea, at=FOUR_PM, starts_at=late.starts_at, ends_at=late.ends_at)
    with pytest.raises(Refusal, match="Zofia Nowak is away on Late"):
        offered(people, late, to=zofia)
    make_shift(team, "Early", late.starts_at - hours(2), late.starts_at + hours(2), tom)
    with pytest.raises(Refusal, match="Tom Reid is on Early, Tue 3 Mar at that time"):
        offered(people, late)


def test_what_was_possible_when_it_was_offered_is_asked_again_when_it_is_answered(team, people, late):
    amara, tom, _, lea = people
    swap = offered(people, late)
    cover(shift_id=late.pk, colleague=amara, stand_in=people[2], by=lea, at=FOUR_PM)
    with pytest.raises(Refusal, match="Amara Osei is not on Late"):
        accept(swap, tom)


def test_whoever_is_away_by_then_takes_nothing_on(team, people, late):
    swap = offered(people, late)
    moves.tell_absence(team=team, colleague=people[1], by=people[1], at=FOUR_PM, starts_at=late.starts_at, ends_at=late.ends_at)
    with pytest.raises(Refusal, match="Tom Reid is away on Late"):
        accept(swap, people[1])


def test_a_lead_puts_somebody_else_on_and_both_hear_it_once(people, late):
    amara, tom, zofia, lea = people
    for _ in range(2):
        cover(shift_id=late.pk, colleague=amara, stand_in=tom, by=lea, at=FOUR_PM)
    assert (names(late), told("rostered")) == ({"Tom Reid"}, {"Amara Osei", "Tom Reid"})
    assert Notification.objects.filter(kind="rostered").count() == 2
    assert Event.objects.filter(kind="rota.covered").count() == 1
    with pytest.raises(NotAllowed):
        cover(shift_id=late.pk, colleague=tom, stand_in=zofia, by=zofia, at=FOUR_PM)


def test_whoever_was_covered_may_take_the_shift_back(people, late):
    amara, tom, _, lea = people
    cover(shift_id=late.pk, colleague=amara, stand_in=tom, by=lea, at=FOUR_PM)
    cover(shift_id=late.pk, colleague=tom, stand_in=amara, by=lea, at=FOUR_PM)
    assert names(late) == {"Amara Osei"}


def test_it_is_said_which_job_role_nobody_has_any_more(people, late):
    amara, tom, zofia, _ = people
    assert roles_lost(late, off=amara.pk, on=tom.pk) == ["host"]
    Rostering.objects.create(shift=late, colleague=make_colleague("Hana", late.team, role="host"))
    assert roles_lost(late, off=amara.pk, on=zofia.pk) == []
