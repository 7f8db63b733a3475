"""Names on the wall: the examples of the design, and what must never stand there whatever somebody typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.board import wall_names

TITLES = {
    ("Move Mrs Ellis from 214", "Mrs Ellis"): "Move Mrs E. from 214",
    ("Ring Mrs Ellis’s son", "Mrs Ellis"): "Ring Mrs E.’s son",
    ("Ring Grace Ellis back", "Grace Ellis"): "Ring G. E. back",
    ("Ellis party: late check-out", "Grace Ellis"): "E. party: late check-out",
    ("Take Dr. Jane Okoro the file", ""): "Take Dr O. the file",
    ("Will is at the desk", "Will Park"): "W. is at the desk",
    ("Ring +44 7700 900123 at 14:30", ""): "Ring … at 14:30",
    ("Bottled water to 14 Quarry Row", ""): "Bottled water to …",
    ("Refund £86.20, direct debit taken twice", ""): "Refund £86.20, direct debit taken twice",
    ("Write to ana@example.org, LS1 4AP", ""): "Write to … …",
    ("Burst main, Station Road: 40 homes", "Northmoor Water"): "Burst main, Station Road: 40 homes",
}


@pytest.mark.parametrize(("given_title", "expected"), TITLES.items())
def test_titles(given_title, expected):
    text, customer = given_title
    assert wall_names.title(text, customer_name=customer) == expected


@pytest.mark.parametrize(("name", "expected"), [("Amara Osei", "Amara O."), ("Tom", "Tom"), ("Ana Maria de Souza", "Ana S."), ("", "")])
def test_colleagues(name, expected):
    assert wall_names.colleague(name) == expected


@pytest.mark.parametrize(("name", "expected"), [("Mrs Ellis", "Mrs E."), ("Grace Ellis", "G. E."), ("Room 214", "R."), ("214", "…"), ("", "")])
def test_customers(name, expected):
    assert wall_names.customer(name) == expected


WORD = st.from_regex(r"[A-Z][a-z]{3,9}", fullmatch=True)


@given(first=WORD, last=WORD, before=st.sampled_from(["", "Ring ", "For (", "x, "]), after=st.sampled_from(["", " back", ") now", "’s key", ": late"]))
def test_a_customers_name_never_stands_on_the_wall(first, last, before, after):
    shown = wall_names.title(f"{before}{first} {last}{after}", customer_name=f"{first} {last}")
    assert first not in shown and last not in shown


@given(digits=st.from_regex(r"0\d{4} ?\d{6}", fullmatch=True))
def test_a_telephone_number_never_stands_on_the_wall(digits):
    assert digits not in wall_names.title(f"Ring {digits} today")


@given(text=st.text(max_size=200), name=st.text(max_size=60))
def test_whatever_was_typed_is_shown_somehow(text, name):
    assert isinstance(wall_names.title(text, customer_name=name), str)
    assert isinstance(wall_names.customer(name), str)
    assert isinstance(wall_names.colleague(name), str)
