"""What is there and what is missing in a brief: arithmetic, no database."""

from types import SimpleNamespace

import pytest

from handover.handovers.completeness import PARTS, measure
from tests.stories import FOUR_PM

FULL = {"situation": "Cold.", "promise": "A warm room", "promised_by": FOUR_PM, "done_so_far": "308 is warm.", "next_step": "Walk her.", "if_then": "Heaters."}


def asked(pk, question, **needs):
    needs = {"routine": "should", "soon": "should", "urgent": "must", **needs}
    return SimpleNamespace(pk=pk, question=question, hint="", need=lambda urgency: needs[urgency])


def version(*questions):
    return SimpleNamespace(required=SimpleNamespace(all=lambda: questions))


def test_a_full_brief_is_complete():
    measured = measure(FULL, {}, version=None, urgency="urgent")
    assert (measured.given, measured.total, measured.missing, measured.is_complete) == (6, 6, [], True)


@pytest.mark.parametrize("part", [name for name, _, _ in PARTS])
@pytest.mark.parametrize("nothing", ["", "  \n", None])
def test_each_part_counts_and_white_space_is_nothing(part, nothing):
    measured = measure({**FULL, part: nothing}, {}, version=None, urgency="routine")
    assert [detail.name for detail in measured.missing] == [part]
    assert bool(measured.missing_musts) == (part in ("situation", "next_step"))


def test_the_plan_for_when_it_goes_wrong_is_a_must_where_it_is_urgent():
    for urgency, musts in (("routine", []), ("soon", []), ("urgent", ["if_then"])):
        assert [detail.name for detail in measure({**FULL, "if_then": ""}, {}, version=None, urgency=urgency).missing_musts] == musts


def test_the_agreements_questions_count_by_urgency():
    agreed = version(asked(7, "Who else knows?"), asked(8, "Which key?", routine="no"))
    routine = measure(FULL, {}, version=agreed, urgency="routine")
    assert [(detail.name, detail.label, detail.need) for detail in routine.missing] == [("answer-7", "Who else knows", "should")]
    urgent = measure(FULL, {7: "Zofia"}, version=agreed, urgency="urgent")
    assert [detail.question for detail in urgent.missing_musts] == ["Which key?"]
    assert (urgent.given, urgent.total) == (7, 8)
