"""A lead plans a week by keyboard alone and by touch, and brings a rota in from a file with two bad rows, corrected."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover.notifications.models import Notification
from handover.shifts import operations as shifts
from handover.shifts import week_operations
from handover.shifts.models import Rostering, Shift
from handover.shifts.week_queries import monday_of
from tests.fixtures.pages import axe
from tests.stories import make_colleague, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
PASSWORD = "a long enough password"


@pytest.fixture
def desk():
    """A front desk whose next week has an early and a late shift each day, and nobody on them yet."""
    team = make_team("Harbour View")
    lead = make_colleague("Priya Kaur", team, lead=True, role="duty manager", password=PASSWORD)
    amara, tom = make_colleague("Amara Osei", team, role="host"), make_colleague("Tom Reid", team, role="night receptionist")
    monday = monday_of(team.local(timezone.now()).date()) + timedelta(days=7)
    plan = {"weekdays": range(1, 8), "first_day": monday, "last_day": monday + timedelta(days=6)}
    shifts.add_pattern(team=team, by=lead, at=timezone.now(), name="Early", starts=time(7), ends=time(15), **plan)
    shifts.add_pattern(team=team, by=lead, at=timezone.now(), name="Late", starts=time(14, 45), ends=time(23), **plan)
    return team, lead, amara, tom, monday


def sign_in(page, person):
    page.goto("/sign-in/")
    page.fill("input[type=email]", person.email)
    page.fill("input[type=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def focused(page) -> str:
    """What the link, button or box with the focus is called."""
    called = "(here) => here.matches('a, button, input') ? (here.closest('label') || here).innerText : ''"
    return " ".join(page.evaluate(f"({called})(document.activeElement)").split())


def tab_to(page, words: str) -> None:
    for _ in range(150):
        if focused(page).startswith(words):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{words!r} is not reached by Tab")


def who_is_on():
    return {
        (line.shift.local_date.isoweekday(), line.shift.name, line.colleague.display_name) for line in Rostering.objects.select_related("shift", "colleague")
    }


def test_a_lead_plans_a_week_by_keyboard_alone(page, desk):
    team, lead, amara, tom, monday = desk
    sign_in(page, lead)
    page.goto("/rota/")
    tab_to(page, "Week")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rota/week/")
    tab_to(page, "Week after")
    page.keyboard.press("Enter")
    page.get_by_text("Nobody on Early, Mon").first.wait_for()
    tab_to(page, "Amara Osei")
    for key in ("Space", "ArrowRight", "Space", "ArrowDown", "Space", "ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    assert "Tom Reid, Tue" in focused(page) and "Early" in focused(page)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    tab_to(page, "Save the week, 4 changes")
    page.keyboard.press("Enter")
    page.get_by_text("Saved: 4 changes.").wait_for()
    assert who_is_on() == {(1, "Early", "Amara Osei"), (2, "Early", "Amara Osei"), (2, "Late", "Amara Osei"), (1, "Early", "Tom Reid")}
    page.get_by_text("Amara Osei is on twice at once: Early and Late, Tue").wait_for()
    page.get_by_text("Early and Late overlap by 15 min: a spoken handover can happen").wait_for()
    assert Notification.objects.filter(kind="rostered").count() == 2
    assert axe(page) == []


def test_a_lead_plans_a_week_by_touch_on_a_phone(phone, desk):
    team, lead, amara, tom, monday = desk
    sign_in(phone, lead)
    phone.goto(f"/rota/week/?from={monday}")
    for who in ("Amara Osei", "Tom Reid"):
        box = phone.locator("label.wk-tick", has_text=f"{who}, Wed").filter(has_text="Late")
        assert box.bounding_box()["height"] >= 44
        box.tap()
    phone.get_by_role("button", name="Save the week").tap()
    phone.get_by_text("Saved: 2 changes.").wait_for()
    assert who_is_on() == {(3, "Late", "Amara Osei"), (3, "Late", "Tom Reid")}
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(phone) == []


def test_a_week_is_planned_without_javascript(without_javascript, desk):
    page, lead, monday = without_javascript, desk[1], desk[4]
    sign_in(page, lead)
    page.goto(f"/rota/week/?from={monday}")
    page.get_by_role("checkbox", name="Amara Osei, Fri").first.check()
    page.get_by_role("button", name="Save the week").click()
    page.get_by_text("Saved: 1 change.").wait_for()
    assert who_is_on() == {(5, "Early", "Amara Osei")}


def test_a_file_with_two_bad_rows_is_corrected_and_brought_in(page, desk, tmp_path):
    team, lead, amara, tom, monday = desk
    rows = [f"{monday},Early,07:00,15:00,Amara Osei", f"{monday},Fair,09:00,17:00,Tom Reed", f"{monday},Late,14:45,25:00,Tom Reid"]
    file = tmp_path / "rota.csv"
    file.write_text("\n".join(["date,shift,starts,ends,colleagues", *rows]))
    sign_in(page, lead)
    page.goto("/rota/import/")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("heading", name="Not ready: 2 problems").wait_for()
    problems = page.get_by_role("group", name="Problems").inner_text()
    assert "Row 3" in problems and "Did you mean Tom Reid?" in problems and "Row 4" in problems and "“25:00” is not a time" in problems
    expect(page.get_by_role("button", name="Import it")).to_have_count(0)
    assert axe(page) == []
    file.write_text(file.read_text().replace("Tom Reed", "Tom Reid").replace("25:00", "23:00"))
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_text("1 new, 2 changed, 0 as they are").wait_for()
    assert not Rostering.objects.exists() and axe(page) == []
    page.get_by_role("button", name="Import it").click()
    page.get_by_text("Imported: 1 new, 2 changed.").wait_for()
    assert who_is_on() == {(1, "Early", "Amara Osei"), (1, "Fair", "Tom Reid"), (1, "Late", "Tom Reid")}
    assert Shift.objects.filter(name="Fair").count() == 1


@pytest.mark.parametrize("device", ["page", "phone"])
def test_the_pages_on_which_a_rota_is_planned_have_no_barriers(device, request, desk):
    page = request.getfixturevalue(device)
    team, lead, amara, tom, monday = desk
    pattern = team.shift_patterns.first()
    shift = week_operations.add_shift(
        team=team, by=lead, at=timezone.now(), name="Fair", day=monday + timedelta(days=2), starts=time(9), ends=time(17), crew=[amara]
    )
    sign_in(page, lead)
    addresses = ["/rota/", f"/rota/week/?from={monday}", "/rota/holidays/", "/rota/import/", "/rota/shifts/new/", "/rota/patterns/new/"]
    addresses += [f"/rota/patterns/{pattern.pk}/exceptions/", f"/rota/shifts/{shift.ref}/", f"/rota/shifts/{shift.ref}/times/"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for address in addresses:
            page.goto(address)
            assert axe(page) == [], address
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
