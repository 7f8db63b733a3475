"""Around the end of a shift, in a real browser: the window, the rules before they pass, going home, what was carried too far."""

import re

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from handover import moves
from handover.actions.models import Action
from handover.due import operations as due
from handover.due.models import Rule
from handover.due.operations import Owed
from handover.handovers.brief import HandoverDraft, ShiftLeft
from handover.handovers.models import Handover, Item
from handover.moves import by_rule
from handover.notifications.models import Notification
from handover.shifts.ends import owe_ends
from tests.fixtures.clock import REAL, put
from tests.fixtures.pages import axe
from tests.journeys.test_in_the_browser import PASSWORD, sign_in
from tests.stories import brief, fresh, hours, make_action, make_colleague, make_shift, make_team, minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
HEATING = "Move Mrs Ellis from 214"


class Desk:
    """Amara's shift ends in 65 minutes; Tom comes on for the night; Priya leads."""

    def __init__(self):
        self.now = timezone.now()
        self.team = make_team("Harbour View")
        self.amara = make_colleague("Amara Osei", self.team, password=PASSWORD)
        self.tom = make_colleague("Tom Reid", self.team, password=PASSWORD)
        self.priya = make_colleague("Priya Kaur", self.team, lead=True, password=PASSWORD)
        self.ends = self.now + minutes(65)
        self.late = make_shift(self.team, "Late shift", self.now - hours(7), self.ends, self.amara)
        self.night = make_shift(self.team, "Night shift", self.ends - minutes(15), self.now + hours(9), self.tom)
        owe_ends([self.late, self.night], at=self.now - hours(8))

    def action(self, **fields):
        return make_action(self.amara, at=self.now - hours(1), promised_by=self.now + hours(3), **{"title": HEATING, **fields})


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def travel():
    """The whole product's clock: pages and what falls due."""
    travelling = []

    def to(at):
        for one in travelling:
            one.stop()
        travelling[:] = [time_machine.travel(at, tick=True)]
        travelling[0].start()
        put(f"SELECT timestamptz '{at.isoformat()}'")
        while by_rule.tell_due() + by_rule.move_due():
            pass

    yield to
    for one in travelling:
        one.stop()
    put(REAL)


def test_the_window_on_a_phone_from_the_prepared_draft_to_what_a_rule_offers(phone, desk, travel):
    """Matrix rows 21, 37 and 48: prepared, reminded, offered by rule 15 minutes after the end, the lead told, accepted by the incoming shift."""
    action = desk.action()
    desk.action(title="Taxi for Mr Okafor")
    reminders = [Owed(Rule.NOTHING_OFFERED, desk.late, desk.team.pk, desk.ends - minutes(n), step, desk.amara.pk) for step, n in ((1, 30), (2, 10))]
    due.owe(*reminders, at=desk.now)
    travel(desk.ends - minutes(59))
    assert HandoverDraft.objects.get(writer=desk.amara).prepared_for == desk.late
    sign_in(phone, desk.amara)
    phone.get_by_text(re.compile("Your handover is prepared: 2 actions, \\d+ details missing")).wait_for()
    expect(phone.get_by_text("2 fall due after your shift")).to_be_visible()
    expect(phone.get_by_text("Falls due after your shift")).to_have_count(2)
    assert axe(phone) == []
    travel(desk.ends - minutes(30))
    travel(desk.ends - minutes(10))
    sign_in(phone, desk.amara)
    phone.goto("/notifications/")
    phone.get_by_role("link", name="Your shift ends soon, and you have handed nothing over", exact=True).first.wait_for()
    assert Notification.objects.filter(kind="nothing_offered", recipient=desk.amara).count() == 2

    travel(desk.ends + minutes(15))
    assert Handover.objects.get().rule == "shift_ended"
    sign_in(phone, desk.amara)
    phone.goto("/notifications/")
    phone.get_by_role("link", name="Your shift is over. Offered to the incoming shift by rule: 2 actions", exact=True).wait_for()
    sign_in(phone, desk.priya)
    phone.goto("/notifications/")
    phone.get_by_role("link", name=re.compile("^Still held 15 minutes .* 2 actions of Amara Osei$")).wait_for()
    sign_in(phone, desk.tom)
    phone.goto("/receive/")
    phone.get_by_role("link", name=HEATING).click()
    expect(phone.get_by_text("Offered by rule").first).to_be_visible()
    phone.get_by_role("button", name="Accept and take it over").click()
    phone.get_by_text("You hold it now.").wait_for()
    assert fresh(action).responsible == desk.tom


def test_a_k8_the_rules_are_visible_before_they_pass(page, desk):
    """A-K8: when follow-up is required. The action and its handover say what happens by itself, and when."""
    action = desk.action(urgency="urgent")
    sign_in(page, desk.amara)
    page.goto(f"/actions/{action.ref}/")
    card = page.locator("section", has=page.get_by_role("heading", name="What happens if nobody acts"))
    expect(card.get_by_text("it is offered to the incoming shift by rule, and the lead is told")).to_be_visible()
    expect(card.get_by_text("The time promised to the customer passes")).to_be_visible()
    item = moves.offer(entries=[brief(action)], by=desk.amara, to=desk.tom, at=timezone.now()).items.get()
    page.goto(item.get_handover_url())
    expect(card.get_by_text("If nobody has accepted it: the giver and the lead are told.")).to_be_visible()
    expect(card.get_by_text("it is offered to the incoming shift by rule")).to_have_count(0)
    assert axe(page) == []


@pytest.mark.parametrize("device", ["page", "phone"])
def test_a_k8_what_was_carried_4_times_must_be_decided(device, request, desk, travel):
    """A-K8 and matrix row 44: its holder and the lead are asked; it is refused until decided, and handed over afterwards."""
    page, action = request.getfixturevalue(device), desk.action()
    Action.objects.filter(pk=action.pk).update(carried=3, carried_at=desk.now - hours(8))
    travel(desk.ends)
    assert fresh(action).carried == 4
    assert set(Notification.objects.filter(kind="carried").values_list("recipient", flat=True)) == {desk.amara.pk, desk.priya.pk}
    sign_in(page, desk.amara)
    page.goto(f"/handovers/new/?action={action.ref}")
    for name in ("done_so_far", "next_step", "if_then"):
        page.fill(f'[name="{action.ref}-{name}"]', "Two heaters from store B.")
    page.locator(f'[name="receiver"][value="user-{desk.tom.pk}"]').check()
    page.get_by_role("button", name="Hand over 1 action").click()
    page.get_by_text("was carried over 4 shift changes. Somebody decides first what happens with it.").first.wait_for()
    assert not Item.objects.exists()

    page.goto(f"/actions/{action.ref}/")
    expect(page.get_by_text("Carried forward (4)")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("radio", name="New time").check()
    page.get_by_role("button", name="Decide", exact=True).click()
    page.get_by_text("Say by when.").first.wait_for()
    expect(page.get_by_role("radio", name="New time")).to_be_checked()
    page.fill("[name=time]", f"{desk.team.local(desk.ends + hours(5)):%Y-%m-%dT%H:%M}")
    page.get_by_label("The customer was told of the new time").check()
    page.get_by_role("button", name="Decide", exact=True).click()
    page.get_by_text("Decided.").wait_for()
    assert not fresh(action).must_be_decided
    page.goto("/handovers/new/")
    page.get_by_role("button", name="Hand over 1 action").click()
    page.get_by_text("Handed 1 action to").wait_for()


def test_what_was_typed_and_refused_in_the_same_second_is_kept(page, desk):
    """The press comes before the pause after which a draft is saved: the form that comes back saves it."""
    action = desk.action()
    sign_in(page, desk.amara)
    page.goto(f"/handovers/new/?action={action.ref}")
    page.evaluate(
        """name => {
            const field = document.querySelector(`[name="${name}"]`);
            field.value = "Two heaters from store B.";
            field.dispatchEvent(new Event("input", { bubbles: true }));
            field.form.querySelector("[data-send]").click();
        }""",
        f"{action.ref}-done_so_far",
    )
    page.locator("[data-error-summary]").first.wait_for()
    page.goto("/board/")
    page.goto("/handovers/new/")
    expect(page.locator(f'[name="{action.ref}-done_so_far"]')).to_have_value("Two heaters from store B.")


@pytest.mark.parametrize("device", ["page", "phone"])
def test_leaving_with_an_urgent_action_asks_why_and_tells_the_lead(device, request, desk, travel):
    """Matrix rows 33 and 34: the gate asks, records and tells; it never keeps anybody."""
    page, _ = request.getfixturevalue(device), desk.action(urgency="urgent")
    travel(desk.ends - minutes(5))
    sign_in(page, desk.amara)
    page.get_by_role("link", name="I am leaving").click()
    page.get_by_role("button", name="I am leaving").click()
    page.get_by_text("Say why you leave all the same. The lead is told.").first.wait_for()
    assert axe(page) == []
    page.get_by_label("Why do you leave").fill("My last train goes now.")
    page.get_by_role("button", name="I am leaving").click()
    page.get_by_text("Noted that you have left.").wait_for()
    assert ShiftLeft.objects.get().reason == "My last train goes now."
    sign_in(page, desk.priya)
    page.goto("/notifications/")
    page.get_by_role("link", name="Amara Osei left with urgent actions that nobody has accepted", exact=True).wait_for()
    page.goto(f"/shifts/{desk.late.ref}/handover/")
    page.get_by_text("My last train goes now.").wait_for()
    page.get_by_role("button", name="Remind Amara").click()
    page.get_by_text("Amara is reminded.").wait_for()
    assert axe(page) == []


def test_what_is_put_off_stays_held_and_comes_back(page, desk, travel):
    """Matrix row 49: until a date, with a reason, without losing the holder."""
    action = make_action(desk.amara, at=desk.now, promised_by=None, title="Swap the mattress in 119")
    sign_in(page, desk.amara)
    page.goto(f"/actions/{action.ref}/")
    page.locator("summary", has_text="Put off").click()
    page.fill("[name=until]", f"{desk.team.local(desk.ends + hours(20)):%Y-%m-%dT%H:%M}")
    page.locator("form[action$='/put-off/'] [name=reason]").fill("It is delivered tomorrow.")
    page.get_by_role("button", name="Put it off").click()
    page.get_by_text("You hold it still, and it comes back by itself.").wait_for()
    travel(desk.ends + minutes(15))
    assert not Item.objects.exists()
    sign_in(page, desk.amara)
    page.goto("/board/")
    expect(page.get_by_text("Put off until")).to_be_visible()
    travel(desk.ends + hours(21))
    assert fresh(action).responsible == desk.amara
    assert fresh(action).put_off_until is None
    assert Notification.objects.filter(kind="back_again", recipient=desk.amara).exists()
