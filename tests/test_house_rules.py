"""Budgets and habits (docs/architecture.md): what a newcomer may rely on everywhere."""

import ast
import re

import pytest

from config.celery import app
from tests.source import PACKAGES, ROOT, Module, modules, nothing, product, scripts, templates
from tests.test_architecture import is_core, role

SETTINGS = "config.settings"
SIGNALS = re.compile(r"django\.dispatch|django\.db\.models\.signals|@receiver\b|_(save|delete|init)\.connect\b")
CELERY_TIME = re.compile(r"\b(eta|countdown)\s*=|\bcrontab\b|\bapply_async\([^)]*\b(eta|countdown)\b")
INLINE = re.compile(r"<style\b|\sstyle\s*=|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
AT_ONCE = re.compile(r"^\s*assert\b.*\.(is_visible|is_hidden|inner_text|all_inner_texts|input_value|is_checked|is_enabled|is_disabled)\(", re.MULTILINE)
NOT_OUR_WORDS = re.compile(r"\b(tickets?|tasks?|assignees?|handoffs?|SLAs?|agents?)\b", re.IGNORECASE)


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def most_lines(module: Module) -> int:
    if module.parts[-1] == "conftest":
        return 100
    if module.name == SETTINGS:
        return 350
    return 400 if module.is_test else 300


def test_files_keep_to_their_budget():
    over = [f"{module.name}: {module.lines} of {most_lines(module)}" for module in modules() if not module.is_migration and module.lines > most_lines(module)]
    nothing(over)


def test_functions_keep_to_forty_lines():
    over = [f"{module.name}.{each.name}: {length(each)}" for module in modules() if not module.is_migration for each in module.functions() if length(each) > 40]
    nothing(over)


def test_lines_keep_to_a_hundred_and_sixty_characters():
    written = [module for module in modules() if not module.is_migration]
    nothing([f"{module.name}:{number}" for module in written for number, line in enumerate(module.text.splitlines(), 1) if len(line) > 160])


def test_templates_and_scripts_keep_to_their_budget():
    over = [f"{place.relative_to(ROOT)}: {lines}" for place in [*templates(), *scripts()] if (lines := len(place.read_text().splitlines())) > 120]
    nothing(over)


def test_a_partial_says_what_it_needs_in_its_first_line():
    partials = [place for place in templates() if place.name.startswith("_") and place.suffix == ".html"]
    nothing([str(place.relative_to(ROOT)) for place in partials if not place.read_text().startswith("{# Needs:")])


def test_pages_hold_no_script_or_style_of_their_own():
    wrong = [
        f"{place.relative_to(ROOT)}:{number}: {found.group()}"
        for place in templates()
        if "emails" not in place.parts and place.suffix == ".html"
        for number, line in enumerate(place.read_text().splitlines(), 1)
        if (found := INLINE.search(line))
    ]
    nothing(wrong)


def test_pages_speak_the_words_of_the_glossary():
    wrong = [
        f"{place.relative_to(ROOT)}: {found.group()}"
        for place in templates()
        if (found := NOT_OUR_WORDS.search(re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", " ", place.read_text(), flags=re.DOTALL)))
    ]
    nothing(wrong)


def test_no_signals():
    nothing([module.name for module in product() if SIGNALS.search(module.text)])


def test_no_model_hides_work_in_save_or_delete():
    wrong = [
        f"{module.name}.{each.name}"
        for module in product()
        if role(module.name) == "models"
        for each in module.functions()
        if each.name in {"save", "delete", "clean"}
    ]
    nothing(wrong)


def test_business_time_is_in_rows_and_never_in_celery():
    nothing([module.name for module in product() if CELERY_TIME.search(code_only(module))])


def code_only(module: Module) -> str:
    """Without docstrings and comments."""
    return ast.unparse(without_docstrings(module.tree))


def without_docstrings(tree: ast.Module) -> ast.Module:
    copy = ast.parse(ast.unparse(tree))
    for node in ast.walk(copy):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return copy


def test_the_core_is_told_what_time_it_is():
    """``at`` is an argument: a test, an import and a report for last Tuesday use the same line."""
    wrong = [module.name for module in product() if is_core(module.name) and re.search(r"\b(timezone|datetime)\.now\(|\bdatetime\.today\(", code_only(module))]
    nothing(wrong)


def test_no_django_admin():
    nothing([module.name for module in product() if "django.contrib.admin" in module.text])


def test_browser_tests_wait_for_what_they_expect():
    """A page may still be on its way: ``expect(...)`` waits for it, ``assert`` looks once, and fails where the machine is busy."""
    nothing([f"{module.name}: {found.group().strip()}" for module in modules() if module.is_test for found in AT_ONCE.finditer(module.text)])


def test_only_the_console_prints():
    prints = [module.name for module in product() if re.search(r"(?<![.\w])print\(", code_only(module))]
    assert prints == ["config.console"]


def test_every_bell_rings_a_task_that_exists_and_expires():
    app.loader.import_default_modules()
    for name, bell in app.conf.beat_schedule.items():
        assert bell["task"] in app.tasks, f"the bell {name} rings {bell['task']}, which is nowhere"
        assert bell["options"]["expires"] <= bell["schedule"]
        assert isinstance(bell["schedule"], float)


def test_requirements_are_locked_and_name_no_registry():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        pinned = re.findall(r"^[a-zA-Z0-9][^\s]*==", text, re.MULTILINE)
        assert len(pinned) > 30 and "://" not in text
        assert text.count("--hash=sha256:") >= len(pinned)


def test_nothing_in_the_project_points_outside_it():
    """A clone is complete: no path of somebody's machine, no folder beside the checkout, no registry of packages."""
    outside = re.compile("|".join(("/wo" + "rk/", "/ho" + "me/", r"\.\./sha" + "red", "pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.org")))
    kept = {".py", ".html", ".css", ".js", ".md", ".txt", ".in", ".toml", ".ini", ".json", ""}
    ours = [place for folder in (*PACKAGES, "tests", "templates", "docs", "script", "frontend") for place in (ROOT / folder).rglob("*") if place.suffix in kept]
    ours += [place for place in ROOT.iterdir() if place.suffix in kept]
    nothing([str(place.relative_to(ROOT)) for place in ours if place.is_file() and outside.search(place.read_text(errors="replace"))])


def test_every_direct_requirement_says_what_it_is_for():
    for name in ("requirements.in", "requirements-dev.in"):
        lines = [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith(("#", "-"))]
        nothing([line for line in lines if "# " not in line])


@pytest.mark.parametrize("name", ["bootstrap", "server", "test", "manage", "lint", "browser"])
def test_the_commands_can_be_run(name):
    assert (ROOT / "script" / name).stat().st_mode & 0o111
