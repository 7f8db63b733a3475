"""Nothing but leaving ends a place in a team or closes an account: it hands over first. (Invariant 13; the database guards it, too.)"""

import ast

from accounts import operations as accounts
from handover.leaving import operations as leaving
from tests.source import modules, nothing, product

ENDS = {"end_membership", "deactivate_person"}
HOME = "accounts.operations.ending"
OF_THEIR_OWN = {"handover.agreements.asking", "handover.shifts.absence_operations", "reviews.improvements.operations"}
"""Agreements, absences and improvements end, too."""
MAY = {HOME, "accounts.operations", "handover.leaving.operations"}


def test_only_leaving_calls_what_ends_a_place_or_an_account():
    wrong = [f"{module.name} uses {name}" for module in product() if module.name not in MAY for name in sorted(ENDS & set(names(module.tree)))]
    nothing(wrong)


def test_nothing_else_writes_that_somebody_has_left_or_is_not_active():
    found = [(module.name, what) for module in product() if module.name != HOME and not module.is_migration for what in writes(module)]
    wrong = [f"{name}: {what}" for name, what in found if name not in OF_THEIR_OWN]
    nothing(wrong)


def test_leaving_is_the_door():
    assert set(accounts.__all__) >= ENDS
    assert {"leave", "go_home", "close_account"} <= set(vars(leaving))


def test_the_search_finds_what_it_looks_for():
    home = next(module for module in modules() if module.name == HOME)
    assert {"place.ended_at", "person.is_active"} <= set(writes(home))


def names(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name


def writes(module):
    """Assignments to ``….is_active`` or of a membership's ``ended_at``, and updates of them in bulk."""
    about_places = "Membership" in module.path.read_text()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assign):
            for target in flat(node.targets):
                if isinstance(target, ast.Attribute) and (target.attr == "is_active" or (about_places and target.attr == "ended_at")):
                    yield f"{ast.unparse(target)}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("update", "bulk_update"):
            for keyword in node.keywords:
                if keyword.arg == "is_active" or (about_places and keyword.arg == "ended_at"):
                    yield f"{ast.unparse(node.func)}({keyword.arg}=)"


def flat(targets):
    for target in targets:
        yield from flat(target.elts) if isinstance(target, ast.Tuple) else [target]
