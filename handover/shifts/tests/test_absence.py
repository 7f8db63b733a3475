"""Somebody is away: not on, not eligible, owed nothing; a stand-in comes; they are back."""

from datetime import time, timedelta

import pytest

from audit.models import Event
from common.errors import Invalid, NotAllowed, Refusal
from handover import moves
from handover.due.models import Due
from handover.moves.tests.telling import told
from handover.notifications.models import Notification
from handover.shifts import absence_operations, eligibility, operations
from handover.shifts.absence import of_days
from handover.shifts.cover_operations import cover
from handover.shifts.models import Rostering
from handover.shifts.queries import leads_to_tell, on_duty, timetable
from tests.stories import FOUR_PM, fresh, hours, make_action, make_colleague, make_offer, make_shift, make_team

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


@pytest.fixture
def team():
    return make_team("Desk")


@pytest.fixture
def people(team):
    names = ("Tom Reid", "Zofia Nowak", "Amara Osei")
    return [*(make_colleague(name, team) for name in names), make_colleague("Lea Lead", team, lead=True)]


@pytest.fixture
def night(team, people):
    return make_shift(team, "Night", FOUR_PM + hours(7), FOUR_PM + hours(15), people[0])


def names(shift, at=None):
    return {line.colleague.display_name for line in shift.rosterings.effective(at).select_related("colleague")}


def reminded(shift):
    return set(Due.objects.live().about(shift).filter(rule="nothing_offered").values_list("person__display_name", flat=True))


def away(person, **words):
    words = {"by": person, "at": FOUR_PM, "starts_at": FOUR_PM, "ends_at": FOUR_PM + 2 * DAYS, "whole_days": "ends_at" not in words, **words}
    return moves.tell_absence(team=person.memberships.get().team, colleague=person, **words)


def test_who_is_away_is_off_their_shifts_and_the_stand_in_on_them(team, people, night):
    tom, zofia, *_ = people
    operations.set_crew(shift=night, by=people[3], at=FOUR_PM, colleagues=[tom])
    Notification.objects.all().delete()
    away(tom, stand_in=zofia)
    line = Rostering.objects.get(colleague=zofia)
    assert (names(night), line.how, line.replaces, line.marked_at) == ({"Zofia Nowak"}, "stand_in", tom, FOUR_PM)
    assert reminded(night) == {"Zofia Nowak"}
    assert told("rostered") == {"Zofia Nowak"}
    assert told("away") == {"Lea Lead"}
    assert Event.objects.filter(kind="rota.away").count() == 1


def test_telling_the_same_twice_changes_nothing(people, night):
    assert away(people[0]) == away(people[0])
    assert Event.objects.filter(kind="rota.away").count() == 1
    assert told("away") == {"Lea Lead"}


def test_a_lead_tells_somebody_elses_absence_and_they_hear_it_from_the_rota_once(people, night):
    tom, _, amara, lea = people
    away(tom, by=lea)
    assert (told("rostered"), told("away")) == ({"Tom Reid"}, set())
    with pytest.raises(NotAllowed, match="your own absence"):
        away(tom, by=amara, starts_at=FOUR_PM + 9 * DAYS, ends_at=None)


def test_who_is_away_may_not_receive_and_the_reason_names_the_stand_in(team, people, night):
    tom, zofia, amara, _ = people
    away(tom, stand_in=zofia)
    with pytest.raises(NotAllowed, match=r"Tom Reid cannot take this\. Away until Wed 4 Mar, 16:00 GMT\. Zofia Nowak stands in\."):
        make_offer(amara, tom, when="end_of_shift")
    assert make_offer(amara, zofia, when="end_of_shift").receiver == zofia


def test_an_offer_that_waits_for_them_is_pointed_out_and_they_cannot_accept_it(people, night):
    tom, zofia, amara, _ = people
    item = make_offer(amara, tom, when="end_of_shift")
    away(tom, stand_in=zofia)
    pointed = Notification.objects.filter(kind="away", subject_type="item")
    assert {one.recipient.display_name for one in pointed} == {"Amara Osei", "Lea Lead"}
    assert "Zofia Nowak stands in" in pointed[0].words
    assert fresh(item).state == "offered"
    with pytest.raises(NotAllowed, match="Away until"):
        moves.accept(item_id=item.pk, by=tom, at=FOUR_PM + hours(1))


def test_in_a_team_without_a_rota_who_is_away_may_not_receive_either(team, people):
    tom, _, amara, _ = people
    away(tom)
    with pytest.raises(NotAllowed, match="Away until"):
        make_offer(amara, tom)


def test_an_absence_by_time_takes_only_its_part_of_the_shift(team, people, night):
    tom = people[0]
    away(tom, starts_at=night.starts_at + hours(2), ends_at=night.starts_at + hours(3), whole_days=False)
    on_at = {hour: tom.pk in timetable(team.pk, night.starts_at + hours(hour)).by_id(night.pk).crew for hour in (1, 2, 2.9, 3)}
    assert on_at == {1: True, 2: False, 2.9: False, 3: True}
    assert (names(night), names(night, night.starts_at + hours(2))) == ({"Tom Reid"}, set())


def test_told_in_days_an_absence_takes_the_shifts_that_start_on_these_days(team, people, night):
    tom, _, amara, lea = people
    tonight, at_three = night, night.starts_at + hours(4)
    tomorrow = make_shift(team, "Night", night.starts_at + DAYS, night.ends_at + DAYS, tom)
    after = make_shift(team, "Night", night.starts_at + 2 * DAYS, night.ends_at + 2 * DAYS, tom)
    starts_at, ends_at = of_days(team, tomorrow.local_date, tomorrow.local_date)
    away(tom, starts_at=starts_at, ends_at=ends_at, whole_days=True)
    assert [names(shift) for shift in (tonight, tomorrow, after)] == [{"Tom Reid"}, set(), {"Tom Reid"}]
    assert make_offer(amara, tom, at=at_three).receiver == tom  # on the night before until seven
    with pytest.raises(NotAllowed, match="Away until"):
        make_offer(amara, tom, at=at_three + hours(5))


def test_who_falls_ill_in_mid_shift_is_off_from_then_on_and_owes_nothing_at_its_end(team, people):
    amara, zofia = people[2], people[1]
    late = make_shift(team, "Late", FOUR_PM - hours(1), FOUR_PM + hours(7))
    operations.set_crew(shift=late, by=people[3], at=FOUR_PM, colleagues=[amara])
    away(amara, ends_at=None, stand_in=zofia, whole_days=False)
    assert on_duty([team.pk], FOUR_PM) == {team.pk: [zofia.pk]}
    assert reminded(late) == {"Zofia Nowak"}


def test_shifts_made_during_an_absence_are_marked_too(team, people):
    tom, zofia, _, lea = people
    away(tom, ends_at=None, stand_in=zofia)
    pattern = operations.add_pattern(team=team, by=lea, at=FOUR_PM, name="Night", starts=time(23), ends=time(7), weekdays=range(1, 8), crew=[tom])
    made = pattern.shifts.filter(starts_at__gt=FOUR_PM)
    assert all(names(shift) == {"Zofia Nowak"} for shift in made)
    assert reminded(made[0]) == {"Zofia Nowak"}


def test_who_is_back_is_on_again_and_the_stand_in_off(team, people, night):
    tom, zofia, _, lea = people
    operations.set_crew(shift=night, by=lea, at=FOUR_PM, colleagues=[])
    operations.set_crew(shift=night, by=lea, at=FOUR_PM, colleagues=[tom])
    absence = away(tom, stand_in=zofia)
    Notification.objects.all().delete()
    back = FOUR_PM + hours(2)
    absence_operations.be_back(absence_id=absence.pk, by=tom, at=back)
    absence_operations.be_back(absence_id=absence.pk, by=tom, at=back)
    assert (names(night), reminded(night), told("rostered")) == ({"Tom Reid"}, {"Tom Reid"}, {"Zofia Nowak"})
    assert eligibility.membership_of(tom.pk, team.pk, back).absence is None
    assert Event.objects.filter(kind="rota.back").count() == 1


def test_an_absence_that_has_not_begun_is_called_off(people, night):
    tom = people[0]
    absence = away(tom, starts_at=night.starts_at - hours(1))
    absence_operations.be_back(absence_id=absence.pk, by=people[3], at=FOUR_PM)
    assert (fresh(absence).cancelled_at, names(night)) == (FOUR_PM, {"Tom Reid"})
    assert away(tom).pk != absence.pk


def test_for_one_shift_somebody_else_stands_in(people, night):
    tom, zofia, amara, lea = people
    away(tom, stand_in=zofia)
    cover(shift_id=night.pk, colleague=tom, stand_in=amara, by=lea, at=FOUR_PM)
    assert names(night) == {"Amara Osei"}
    assert Rostering.objects.get(colleague=amara).how == "stand_in"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"ends_at": FOUR_PM - hours(1), "starts_at": FOUR_PM - hours(2)}, "This time is over"),
        ({"ends_at": FOUR_PM}, "must end after it starts"),
    ],
)
def test_what_makes_no_sense_is_refused(people, words, sentence):
    with pytest.raises(Invalid, match=sentence):
        away(people[0], **words)


def test_nobody_is_away_twice_and_nobody_stands_in_who_is_away_or_a_stranger(people):
    tom, zofia, *_ = people
    away(zofia)
    with pytest.raises(Invalid, match="Zofia Nowak is away then"):
        away(tom, stand_in=zofia)
    with pytest.raises(Invalid, match="Only a colleague of the team"):
        away(tom, stand_in=make_colleague("Sam", make_team("Elsewhere")))
    with pytest.raises(Invalid, match="Somebody else stands in"):
        away(tom, stand_in=tom)
    with pytest.raises(Refusal, match="is away already"):
        away(zofia, ends_at=None)


def test_a_lead_who_puts_an_absent_colleague_on_hears_why_not(people, night):
    tom, _, _, lea = people
    away(tom)
    with pytest.raises(Refusal, match="Tom Reid is away then"):
        operations.set_crew(shift=night, by=lea, at=FOUR_PM, colleagues=[tom])


def test_a_lead_who_is_away_is_not_who_is_told_unless_nobody_else_is_there(team, people):
    lea, leo = people[3], make_colleague("Leo Lead", team, lead=True)
    away(lea)
    assert leads_to_tell([team.pk], FOUR_PM) == {team.pk: [leo.pk]}
    away(leo)
    assert set(leads_to_tell([team.pk], FOUR_PM)[team.pk]) == {lea.pk, leo.pk}


def test_nobody_eligible_is_told_to_the_lead_at_once_also_where_the_only_one_is_away(people, night):
    tom, _, amara, _ = people
    away(tom)
    item = make_offer(amara, None, action=make_action(amara), when="end_of_shift", to_shift_id=night.pk)
    assert Due.objects.live().about(item).filter(rule="no_one_eligible", due_at=FOUR_PM).count() == 1
