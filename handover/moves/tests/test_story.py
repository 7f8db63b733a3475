"""The life of one action, from a promise to its being seen through."""

import pytest

from audit.models import Event as AuditEvent
from handover import moves
from handover.checks.models import Check
from handover.due.models import Due
from handover.followups.models import FollowUp
from handover.handovers.models import Item
from tests.stories import FOUR_PM, fresh, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    team = make_team()
    amara = make_colleague("Amara Osei", team, role="host")
    tom = make_colleague("Tom Reid", team, role="night receptionist")
    lead = make_colleague("Lee Lead", team, lead=True)
    make_shift(team, "Late", FOUR_PM - hours(1), FOUR_PM + hours(7), amara)
    make_shift(team, "Night", FOUR_PM + hours(6), FOUR_PM + hours(15), tom)
    return team, amara, tom, lead


def test_an_action_is_handed_over_checked_and_taken_back(desk, django_assert_max_num_queries):
    team, amara, tom, lead = desk
    version = make_agreement(team, read_back=True, must=("Who else knows?",), roles=("night receptionist",))
    action = make_action(amara, service=version.agreement.point.service)
    answers = {version.required.get().pk: "Zofia"}
    item = make_offer(amara, tom, action=action, when="end_of_shift", entry={"answers": answers}, at=FOUR_PM + hours(6))
    assert fresh(action).responsible == amara

    at = FOUR_PM + hours(6) + minutes(5)
    assert moves.see(item_id=item.pk, by=tom, at=at)
    moves.query(item_id=item.pk, by=tom, at=at, text="Is the credit on her bill?")
    moves.answer_query(item_id=item.pk, by=amara, at=at, text="Not yet.")
    with django_assert_max_num_queries(18):  # 16 inside the move, and its savepoint
        moves.accept(item_id=item.pk, by=tom, at=at, read_back="Walk her to 308 by 23:00.")
    assert fresh(action).responsible == tom
    check = Check.objects.get()
    moves.ask_now(check_id=check.pk, by=amara, at=at + minutes(20))
    moves.answer(check_id=check.pk, by=tom, outcome="unable", words="No key", at=at + minutes(25))
    follow_up = FollowUp.objects.get()
    assert follow_up.owed_by == amara
    moves.decide(follow_up_id=follow_up.pk, by=amara, decision="take_back", at=at + minutes(30))
    assert fresh(action).responsible == amara
    assert fresh(item).state == "taken_back"
    kinds = list(AuditEvent.objects.filter(subject_type__startswith="handover").order_by("pk").values_list("kind", flat=True))
    assert kinds == [
        "action.created",
        "item.offered",
        "item.seen",
        "item.queried",
        "item.query_answered",
        "item.accepted",
        "check.asked",
        "check.answered",
        "follow_up.decided",
    ]
    moves.complete(action_id=action.pk, by=amara, at=at + minutes(40))
    assert not Due.objects.live().exclude(rule="own_reminder").exists()


def test_completion_ends_on_the_watch_list(desk):
    team, amara, tom, lead = desk
    item = make_accepted(amara, tom, when="end_of_shift")
    moves.answer(check_id=item.checks.get().pk, by=tom, outcome="completed", at=FOUR_PM + hours(1))
    assert Item.objects.watched_by(amara).get().outcome == "completed"
    moves.see_outcome(item_id=item.pk, by=amara, at=FOUR_PM + hours(2))
    assert not Item.objects.watched_by(amara).exists()
