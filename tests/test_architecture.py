"""Who may import whom (docs/architecture.md): every arrow is a plain import that points down."""

import ast

from tests.source import PACKAGES, Module, modules, nothing, product

CONCEPTS = [  # of handover, from the top: each may import those on later lines
    {"board"},
    {"imports", "reports", "leaving", "practice", "starters"},
    {"moves"},
    {"followups"},
    {"handovers"},
    {"checks"},
    {"notes"},
    {"actions"},
    {"shifts"},
    {"procedure"},
    {"agreements"},
    {"catalog"},
    {"policies"},
    {"events"},
    {"notifications"},
    {"webhooks"},
    {"due"},
]
REVIEWS = [{"evidence"}, {"reviewing"}, {"observing"}, {"improvements"}, {"suggestions"}, {"sharing"}]
INSIDE = [  # of a concept, from the top
    {"urls"},
    {"views", "api", "tasks"},
    {"forms"},
    {"operations"},
    {"queries"},
    {"permissions"},
    {"models"},
    {"states"},
]
EDGE = {"urls", "views", "api", "tasks", "forms"}
CORE = {"operations", "queries", "permissions", "models", "states"}


def concept(name: str) -> str:
    """``handover.actions`` of ``handover.actions.views``; ``accounts`` of ``accounts.views``."""
    parts = name.split(".")
    return ".".join(parts[:2]) if parts[0] in {"handover", "reviews"} and len(parts) > 1 else parts[0]


def role(name: str) -> str:
    """``views`` of ``handover.actions.views.lists``: which file of its concept a module is, or belongs to."""
    rest = name.removeprefix(concept(name)).lstrip(".")
    return rest.split(".")[0].split("_")[-1] if rest else ""


def level(order: list[set[str]], name: str) -> int | None:
    return next((number for number, names in enumerate(order) if name in names), None)


def against(order: list[set[str]], importer: str, imported: str) -> bool:
    """True where the arrow points up, or across two of one line."""
    above, below = level(order, importer), level(order, imported)
    if importer == imported or above is None or below is None:
        return False
    return above >= below


def arrows() -> list[tuple[Module, str]]:
    return [(module, name) for module in product() for name in sorted(module.imports())]


def test_packages_import_only_what_lies_below_them():
    order = [{package} for package in PACKAGES]
    wrong = [f"{module.name} → {name}" for module, name in arrows() if against(order, module.parts[0], name.split(".")[0])]
    nothing(wrong)


def test_the_core_of_handover_points_down():
    nothing(wrong_between_concepts("handover", CONCEPTS))


def test_the_core_of_reviews_points_down():
    nothing(wrong_between_concepts("reviews", REVIEWS))


def wrong_between_concepts(package: str, order: list[set[str]]) -> list[str]:
    """The edge stands above all of the core, so only what the core (or a pure module beside it) imports is bound."""
    return [
        f"{module.name} → {name}"
        for module, name in arrows()
        if module.parts[0] == package == name.split(".")[0]
        and len(module.parts) > 1
        and role(module.name) not in EDGE
        and against(order, concept(module.name).split(".")[-1], concept(name).split(".")[-1])
    ]


def test_inside_a_concept_the_order_is_the_same_everywhere():
    wrong = [f"{module.name} → {name}" for module, name in arrows() if concept(module.name) == concept(name) and against(INSIDE, role(module.name), role(name))]
    nothing(wrong)


def test_the_core_does_not_know_the_edge():
    wrong = [f"{module.name} → {name}" for module, name in arrows() if is_core(module.name) and role(name) in EDGE and name.split(".")[0] != "common"]
    nothing(wrong)


def is_core(name: str) -> bool:
    return role(name) in CORE or concept(name) == "handover.moves"


def test_no_edge_uses_the_edge_of_another_concept():
    shared = {"common", "config"}
    wrong = [
        f"{module.name} → {name}"
        for module, name in arrows()
        if module.parts[0] not in shared
        and name.split(".")[0] not in shared
        and role(module.name) in EDGE
        and role(name) in EDGE
        and concept(module.name) != concept(name)
    ]
    nothing(wrong)


def test_every_concept_of_handover_has_its_place_in_the_order():
    known = set().union(*CONCEPTS) | {"models", "apps", "migrations", "management", "tests", "urls", "tasks"}
    found = {module.parts[1] for module in product() if module.parts[0] == "handover" and len(module.parts) > 1}
    nothing(sorted(found - known))


def test_nothing_of_the_project_is_imported_inside_a_function():
    wrong = [
        f"{module.name}.{function.name} → {name}"
        for module in modules()
        for function in module.functions()
        for node in ast.walk(function)
        for name in module.imported_by(node)
    ]
    nothing(wrong)


def test_only_the_machine_imports_the_machine():
    wrong = [f"{module.name} → {name}" for module, name in arrows() if name.split(".")[0] == "config" and module.parts[0] != "config"]
    nothing(wrong)


def test_the_product_does_not_import_its_tests():
    nothing([f"{module.name} → {name}" for module, name in arrows() if name.split(".")[0] in {"tests", "conftest"}])
