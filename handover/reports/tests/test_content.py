"""The shift report writes itself from what the shift did."""

import pytest

from handover import moves
from handover.actions.models import Action
from handover.handovers.brief import NothingToHandOver
from handover.handovers.models import Handover
from handover.notes import operations as notes
from handover.reports import queries
from handover.reports.content import content_of, digest_in_words, is_empty
from handover.reports.paper import spoken
from tests.stories import FOUR_PM, brief, hours, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db
END = FOUR_PM + hours(7)
AT_END = {"when": "end_of_shift"}


@pytest.fixture
def desk():
    """Early with Cleo until half past three, Late with Ana and Amy until eleven, Night with Ben from a quarter to eleven."""
    team = make_team()
    team.ana, team.amy, team.ben, team.cleo = (make_colleague(name, team) for name in ("Ana Osei", "Amy", "Ben", "Cleo"))
    team.early = make_shift(team, "Early", FOUR_PM - hours(9), FOUR_PM - minutes(30), team.cleo)
    team.late = make_shift(team, "Late", FOUR_PM - hours(1), END, team.ana, team.amy)
    team.night = make_shift(team, "Night", END - minutes(15), END + hours(8), team.ben)
    return team


def say(desk, shift=None, at=END):
    return content_of(queries.gather(shift or desk.late, at=at))


def figures(content):
    return {one["label"]: one["value"] for one in content["figures"]}


def titles(content, part):
    return [line["what"] for line in content[part]]


def test_row_51_what_was_given_taken_received_and_completed_is_counted_by_itself(desk):
    # Given that Late received one action from Early, logged three, handed two on and completed one
    theirs = make_action(desk.cleo, at=FOUR_PM - hours(2), title="From early", promised_by=END + hours(2))
    early = make_offer(desk.cleo, desk.ana, at=FOUR_PM - minutes(40), action=theirs, **AT_END)
    moves.accept(item_id=early.pk, by=desk.ana, at=FOUR_PM - minutes(20))
    done = make_action(desk.ana, title="Done by late")
    moves.complete(action_id=done.pk, by=desk.ana, at=FOUR_PM + hours(1))
    items = [make_offer(desk.ana, desk.ben, at=END - minutes(10), action=make_action(desk.ana, title=title), **AT_END) for title in ("Taken over", "Waiting")]
    moves.accept(item_id=items[0].pk, by=desk.ben, at=END - minutes(5), read_back="I will walk her to 308 by 23:00.")

    # When the shift ends
    content = say(desk)

    # Then its report has all of it, and the two neighbours have their own part only
    assert figures(content) == {"Handed over": 2, "Accepted": 1, "Not accepted": 1, "Checks due next shift": 2}
    assert content["figures"][1]["more"] == "1 with read-back"
    counts = {"taken": 3, "received": 1, "completed": 1, "open": 3, "late": 0, "by_rule": 0, "carried": 0}
    assert content["counts"] == counts
    assert (titles(content, "received"), titles(content, "completed")) == (["From early"], ["Done by late"])
    assert titles(content, "kept") == ["From early"]
    assert [(line["what"], line["state"], line["holder"]) for line in content["given"]] == [
        ("Taken over", "accepted", "Ben"),
        ("Waiting", "offered", "Ana Osei"),
    ]
    assert figures(say(desk, desk.early, at=FOUR_PM))["Handed over"] == 1
    assert titles(say(desk, desk.night, at=END), "received") == ["Taken over"] and say(desk, desk.night, at=END)["given"] == []


def test_what_is_urgent_or_late_must_not_be_missed_and_stands_there_once(desk):
    make_offer(desk.ana, desk.ben, at=END - minutes(10), action=make_action(desk.ana, title="Urgent", urgency="urgent"), **AT_END)
    make_action(desk.amy, title="Late already", promised_by=END - hours(1))
    make_action(desk.amy, title="Plain", promised_by=END + hours(3))
    content = say(desk)
    assert titles(content, "must") == ["Late already", "Urgent"] and content["given"] == [] and titles(content, "kept") == ["Plain"]
    assert content["must"][0]["late"] and content["counts"]["late"] == 1


def test_a_line_says_when_what_next_who_and_what_is_missing(desk):
    version = make_agreement(desk, should=("Who in the kitchen knows?",))
    action = make_action(desk.ana, title="Gluten-free tray", service=version.agreement.point.service, customer_reference="305", promised_by=END + minutes(30))
    moves.offer(entries=[brief(action, missing_reason="The chef has left")], by=desk.ana, to=desk.ben, at=END - minutes(10), when="end_of_shift")
    (line,) = say(desk)["given"]
    assert (line["due"], line["what"], line["missing"]) == ("23:30", "305: Gluten-free tray", ["Who in the kitchen knows?"])
    assert line["next"] == "Walk her to 308. If it goes wrong: Two heaters from store B."


def test_customers_names_are_shortened_everywhere(desk):
    action = make_action(desk.ana, title="Move Mrs Ellis from 214", promise="Ellis gets a warm room", customer_name="Mrs Ellis", urgency="urgent")
    words = {"next_step": "Walk Mrs Ellis to 308.", "if_then": "Ring ELLIS."}
    moves.offer(entries=[brief(action, **words)], by=desk.ana, to=desk.ben, at=END - minutes(10), when="end_of_shift")
    content = say(desk)
    assert "ellis" not in str(content).casefold()
    assert content["must"][0]["what"] == "Move Mrs E. from 214" and content["must"][0]["next"].startswith("Walk Mrs E. to 308.")


def test_a_shift_with_nothing_to_hand_over_says_who_said_so(desk):
    moves.nothing_to_hand_over(shift_id=desk.late.pk, by=desk.amy, at=END - minutes(5))
    content = say(desk)
    assert content["nothing"] == ["Amy"] and is_empty(content)


def test_what_was_declined_or_lies_in_the_pool_stays_with_the_shift(desk):
    item = make_offer(desk.ana, desk.ben, at=END - minutes(10), action=make_action(desk.ana, title="Declined"), **AT_END)
    moves.decline(item_id=item.pk, by=desk.ben, reason="I cannot", at=END - minutes(8))
    make_action(desk.ana, pool=True, title="In the pool")
    content = say(desk)
    assert {line["what"]: line["state"] for line in content["kept"]} == {"Declined": "declined", "In the pool": "pool"}
    assert figures(content)["Handed over"] == 0


def test_what_is_passed_on_inside_the_shift_is_not_handed_over(desk):
    item = make_offer(desk.ana, desk.amy, at=FOUR_PM + hours(1), action=make_action(desk.ana, title="Inside"))
    moves.accept(item_id=item.pk, by=desk.amy, at=FOUR_PM + hours(1))
    content = say(desk)
    assert figures(content)["Handed over"] == 0 and titles(content, "within") == ["Inside"] and content["kept"][0]["holder"] == "Amy"


def test_row_18_notes_that_stand_and_those_of_the_shift_are_in_it(desk):
    notes.leave(team=desk, by=desk.cleo, at=FOUR_PM - hours(8), text="Ring twice", pinned=True)
    gone = notes.leave(team=desk, by=desk.cleo, at=FOUR_PM - hours(8), text="Before my time")
    notes.resolve(note_id=gone.pk, by=desk.cleo, at=FOUR_PM - hours(3))
    mine = notes.leave(team=desk, by=desk.ana, at=FOUR_PM, text="Lift 2 is off", lasts="until", expires_at=END + hours(5))
    notes.resolve(note_id=mine.pk, by=desk.ana, at=FOUR_PM + hours(2))
    shown = [(note["text"], note["pinned"], note["until"]) for note in say(desk)["notes"]]
    assert shown == [("Ring twice", True, "until it is resolved"), ("Lift 2 is off", False, "resolved")]


def test_how_far_an_action_was_carried_is_in_it(desk):
    action = make_action(desk.ana, title="Old")
    Action.objects.filter(pk=action.pk).update(carried=2)
    content = say(desk)
    assert content["counts"]["carried"] == 1 and content["kept"][0]["carried"] == 2


def test_the_digest_in_words_names_no_customer(desk):
    make_action(desk.ana, title="Move Mrs Ellis", customer_name="Mrs Ellis")
    assert digest_in_words(say(desk)) == "handed over 0, accepted 0, not accepted 0, checks due next shift 0, completed 0, still open 1, late 0."


def test_the_number_of_statements_does_not_grow_with_the_work(desk, django_assert_num_queries):
    make_offer(desk.ana, desk.ben, at=END - minutes(10), **AT_END)
    with django_assert_num_queries(12):
        say(desk)
    for number in range(6):
        make_offer(desk.ana, desk.ben, at=END - minutes(9), action=make_action(desk.ana, title=f"Action {number}"), **AT_END)
        make_action(desk.amy, title=f"Kept {number}")
    with django_assert_num_queries(12):
        say(desk)


def test_nothing_said_at_another_shift_is_not_in_it(desk):
    NothingToHandOver.objects.create(shift=desk.early, colleague=desk.cleo, at=FOUR_PM)
    assert say(desk)["nothing"] == []


def test_what_a_rule_offered_after_the_end_is_marked(desk):
    item = make_offer(desk.ana, desk.ben, at=END + minutes(15), action=make_action(desk.ana, title="Left behind", promised_by=END + hours(3)))
    Handover.objects.filter(items=item).update(rule="shift_ended")
    content = say(desk, at=END + minutes(20))
    assert content["counts"]["by_rule"] == 1 and content["given"][0]["by_rule"]
    assert "Offered by rule after the end" in spoken(content["given"][0])["what"]


def test_what_somebody_does_who_is_on_no_shift_counts_while_the_shift_runs(desk):
    lea = make_colleague("Lea", desk, lead=True)
    done = make_action(lea, title="By the lead")
    moves.complete(action_id=done.pk, by=lea, at=END - hours(1))
    afterwards = make_action(lea, at=END + minutes(5), title="Too late")
    moves.complete(action_id=afterwards.pk, by=lea, at=END + minutes(10))
    assert titles(say(desk, at=END + minutes(30)), "completed") == ["By the lead"]
