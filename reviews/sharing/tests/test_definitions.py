"""Every definition on sequences that can be checked by eye."""

from hypothesis import given
from hypothesis import strategies as st

from reviews.sharing.definitions import Rule, figures, handovers, pair_counts, pairs, ping_pongs, ping_pongs_by_event, runs

ADJACENT, SKIP = Rule.ADJACENT, Rule.SKIP_NOBODY


def letters(text: str) -> list[str]:
    """``A-B`` is A, nobody, B."""
    return ["" if letter == "-" else letter for letter in text]


def joined(found) -> str:
    return " ".join("".join(pair) for pair in found)


def test_neighbours_count_with_themselves_and_nobody_breaks_the_chain():
    assert joined(pairs(letters("AAB-BC"), ADJACENT)) == "AA AB BC"


def test_where_nobody_is_skipped_work_goes_straight_on():
    assert joined(pairs(letters("AAB-BC"), SKIP)) == "AA AB BB BC"
    assert joined(pairs(letters("A--B"), SKIP)) == "AB"


def test_nothing_and_one_give_no_pairs():
    assert [joined(pairs(letters(text), rule)) for text in ("", "A", "-", "A-") for rule in Rule] == [""] * 8


def test_handovers_leave_out_who_kept_it():
    counts = pair_counts([letters("AABBA"), letters("AB")], SKIP)
    assert counts == {("A", "A"): 1, ("A", "B"): 2, ("B", "B"): 1, ("B", "A"): 1}
    assert handovers(counts) == 3


def test_ping_pong_is_counted_on_runs():
    assert "".join(runs(letters("AAB-BA"))) == "ABA"
    assert joined(ping_pongs(letters("AABBA"))) == "AB"
    assert joined(ping_pongs(letters("ABAB"))) == "AB BA"
    assert joined(ping_pongs(letters("A-B-A"))) == "AB"
    assert joined(ping_pongs(letters("ABCA"))) == ""


def test_ping_pong_by_event_wants_three_rows_one_after_another():
    assert joined(ping_pongs_by_event(letters("ABA"))) == "AB"
    assert joined(ping_pongs_by_event(letters("ABBA"))) == ""
    assert joined(ping_pongs_by_event(letters("AAA"))) == ""


def test_names_are_told_apart_by_an_accent():
    assert figures([["Göran", "Goran"]]).handover_adjacent == 1


def test_all_figures_in_one_pass():
    found = figures(letters(text) for text in ("ABA", "A-B", "ABAB", "AAA", ""))
    counted = {"handover_adjacent": 5, "handover_skip_blank": 6, "ping_pong": 3, "ping_pong_cases": 2, "ping_pong_event_level": 3}
    assert found.as_dict() == counted | {"pairs_total_skip_blank": 8, "cases_with_handover": 3}


@given(st.lists(st.sampled_from(["", "A", "B", "C"])))
def test_what_always_holds(sequence):
    found = figures([sequence])
    assert found.handover_adjacent <= found.handover_skip_blank == max(len(runs(sequence)) - 1, 0)
    assert found.ping_pong_event_level <= found.ping_pong <= max(found.handover_skip_blank - 1, 0)
    assert figures([list(reversed(sequence))]) == found
