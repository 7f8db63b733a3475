"""The project's own source, read without importing it, for the tests of its structure."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("config", "demo", "reviews", "handover", "accounts", "audit", "common")  # each may import those after it


@dataclass(frozen=True)
class Module:
    path: Path

    @property
    def name(self) -> str:
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.name.split("."))

    @property
    def is_test(self) -> bool:
        return self.parts[0] in {"tests", "conftest"} or "tests" in self.parts or self.parts[-1].startswith("test_") or self.parts[-1] == "conftest"

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))

    def imports(self) -> set[str]:
        """The project's modules that it imports, by their full names."""
        return {name for node in ast.walk(self.tree) for name in self.imported_by(node)}

    def imported_by(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if is_ours(alias.name))
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:  # relative
                package = self.parts if self.path.name == "__init__.py" else self.parts[:-1]
                kept = package[: len(package) - node.level + 1]
                base = ".".join([*kept, *([node.module] if node.module else [])])
            if is_ours(base):
                for alias in node.names:
                    whole = f"{base}.{alias.name}"
                    yield whole if whole in module_names() else base


def is_ours(name: str) -> bool:
    return name.split(".")[0] in {*PACKAGES, "tests", "conftest"}


@lru_cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the project."""
    own = [place for package in (*PACKAGES, "tests", "bench") for place in sorted((ROOT / package).rglob("*.py"))]
    return tuple(Module(place) for place in [*own, ROOT / "conftest.py", ROOT / "manage.py"])


@lru_cache
def module_names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


def product() -> list[Module]:
    """Without tests and migrations."""
    return [module for module in modules() if not module.is_test and not module.is_migration and module.parts[0] in PACKAGES]


def templates() -> list[Path]:
    return sorted(place for place in (ROOT / "templates").rglob("*") if place.suffix in {".html", ".txt"})


def scripts() -> list[Path]:
    """Our own JavaScript."""
    return sorted(place for place in (ROOT / "static").rglob("*.js") if "vendor" not in place.parts)


def nothing(wrong: list[str]) -> None:
    """Fails with every line of ``wrong``."""
    assert not wrong, "\n" + "\n".join(wrong)
