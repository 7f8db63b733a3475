"""What the pages are made of: vendored files as they came, icons that exist, no inline code, templates that say what they need."""

import hashlib
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from common.looks import LOOKS, wire_of
from common.templatetags.shell import ICONS

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES]
MODULES = sorted((STATIC / "js").glob("*.js"))
SHEETS = sorted((STATIC / "css").rglob("*.css"))
ICON = re.compile(
    r"""\{%\s*icon\s+"([\w-]+)" | \{%\s*tag\s+\S+\s+"([\w-]+)" | (?:\w*icon(?:_name)?)="([\w-]+)" | \{%\s*(?:nav|tab)_link\s+"[^"]*"\s+"[^"]*"\s+"([\w-]+)" """,
    re.X,
)
ICON_IN_PYTHON = re.compile(r"""\bicon(?:_name)?(?:=|["']:\s*)["']([\w-]+)["']""")
INLINE = re.compile(r"""<style\b|\sstyle\s*=|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*["']|javascript:|\bhx-on\b|["']js:""", re.I)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def sprite() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', text(VENDOR / "icons/sprite.svg")))


def test_vendored_files_are_the_ones_whose_checksums_we_keep():
    listed = dict(reversed(line.split("  ")) for line in text(VENDOR / "SHA256SUMS").splitlines())
    found = {f"./{path.relative_to(VENDOR).as_posix()}" for path in VENDOR.rglob("*") if path.is_file()} - {"./SHA256SUMS"}

    assert found == set(listed)
    assert [name for name, checksum in listed.items() if hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() != checksum] == []


def test_what_is_vendored_is_pinned_to_one_version_and_carries_its_licence():
    assert "htmx.org 4.0.1" in text(VENDOR / "VERSIONS").splitlines()
    assert all((VENDOR / part / "LICENSE").is_file() for part in ("fonts", "icons", "htmx"))


def test_the_sprite_is_drawn_from_the_list():
    assert sprite() == set(text(ROOT / "frontend/icons.txt").split())


def test_every_icon_that_a_page_or_a_state_names_is_in_the_sprite():
    named = {look.icon for look in LOOKS.values()} | set(ICONS.values())
    named |= {wire_of(state).icon for state in LOOKS}
    for path in TEMPLATES:
        named |= {next(filter(None, groups)) for groups in ICON.findall(text(path))}
    for package in ("common", "accounts", "handover", "demo", "reviews"):
        for path in (ROOT / package).rglob("*.py"):
            named |= set(ICON_IN_PYTHON.findall(text(path)))

    assert sorted(named - sprite()) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_template_compiles_and_has_no_code_or_style_in_it(name):
    get_template(name)

    assert name.startswith("emails/") or INLINE.search(text(ROOT / "templates" / name)) is None


def test_static_files_that_templates_and_sheets_name_exist():
    named = {STATIC / name for path in TEMPLATES for name in re.findall(r"""\{%\s*static\s+["']([^"']+)["']""", text(path))}
    named |= {(path.parent / name).resolve() for path in SHEETS for name in re.findall(r'url\("([^"]+)"\)', text(path))}

    assert sorted(path for path in named if not path.is_file()) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_a_sheet_uses_logical_sides_and_colours_of_the_tokens(path):
    rules = re.sub(r"/\*.*?\*/", "", text(path), flags=re.S)
    physical = re.findall(r"(?<![\w-])(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?<![\w-])(?:left|right|width|height)\s*:", rules)

    assert physical == []
    assert rules.count("{") == rules.count("}")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_behaviour_keeps_nothing_in_the_browser_and_evaluates_no_text(path):
    assert re.search(r"localStorage|sessionStorage|indexedDB|\beval\(|new Function|\.style\b|document\.write", text(path)) is None
    assert text(path).startswith("//"), "say first what the behaviour is"
