"""All the information travels and is understood: refused while a must is missing, asked about, read back, corrected."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from handover.handovers.models import Item
from tests.fixtures.pages import axe
from tests.journeys.letting_in import let_in
from tests.stories import fresh, hours, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def night():
    """Amara's shift ends in half an hour, Tom's begins. Their agreement asks which room, and who else knows."""
    now = timezone.now()
    team = make_team()
    amara, tom = make_colleague("Amara Osei", team), make_colleague("Tom Reid", team)
    make_colleague("Lee Lead", team, lead=True)
    make_shift(team, "Late", now - hours(7), now + minutes(30), amara)
    make_shift(team, "Night", now + minutes(30), now + hours(9), tom)
    version = make_agreement(team, read_back=True, must=("Which room is ready?",), should=("Who else knows?",))
    action = make_action(amara, at=now, service=version.agreement.point.service)
    return amara, tom, action, version


def fill(page, action, **words):
    for name, text in words.items():
        page.locator(f"[name='{action.ref}-{name}']").fill(text)


def test_a_p5_required_information_is_checked_before_it_goes_and_asked_for_when_it_came_without(page, night, live_server):
    amara, tom, action, version = night
    room, knows = version.required.order_by("position")
    let_in(page, amara, "/handovers/new/", live_server)
    page.get_by_label("Tom Reid").check()
    fill(page, action, next_step="Walk her to 308", done_so_far="308 is warm", if_then="Heaters from store B")
    page.get_by_role("button", name="Hand over").click()
    summary = page.get_by_role("alert").first
    expect(summary, "a missing must is refused, and named").to_contain_text("Which room is ready")
    assert not Item.objects.exists()
    fill(page, action, **{f"answer-{room.pk}": "308, the key is in the drawer"})
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_role("alert").first, "a missing should wants a reason").to_contain_text("say why it goes without")
    page.get_by_label("Why are details missing?").fill("Marek is not in yet")
    with page.expect_navigation():
        page.get_by_role("button", name="Hand over").click()
    item = Item.objects.get()
    assert item.brief.answers.get(required=room).text.startswith("308")

    let_in(page, tom, f"/receive/{item.ref}/", live_server)
    expect(page.get_by_text("details given").first).to_be_visible()
    expect(page.get_by_text("Marek is not in yet")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Ask Amara something").fill("Who else knows about it?")
    with page.expect_navigation():
        page.get_by_role("button", name="Ask").click()
    assert fresh(item).state == "queried"
    assert fresh(action).responsible == amara, "sent back with a question: she holds it still"
    let_in(page, amara, item.get_handover_url(), live_server)
    expect(page.get_by_text("Who else knows about it?").first).to_be_visible()
    assert knows.question == "Who else knows?"


def test_a_k4_b_k5_the_meter_counts_every_detail_as_it_is_written(page, night, live_server):
    amara, _, action, version = night
    room, knows = version.required.order_by("position")
    let_in(page, amara, "/handovers/new/", live_server)
    meter = page.locator("[data-meter]").first
    before = meter.locator("[data-count]").inner_text()
    fill(page, action, next_step="Walk her to 308", done_so_far="308 is warm", if_then="Heaters")
    fill(page, action, **{f"answer-{room.pk}": "308", f"answer-{knows.pk}": "Zofia"})
    total = before.split(" of ")[1]
    expect(meter.locator("[data-count]")).to_have_text(f"{total} of {total}")
    expect(meter.get_by_role("link", name="Which room is ready")).to_be_visible()
    page.get_by_label("Tom Reid").check()
    page.get_by_role("button", name="Hand over").click()
    page.wait_for_url(re.compile("/handovers/HO-"))
    expect(page.get_by_text(f"{total} of {total} details given")).to_be_visible()


def test_a_k6_whoever_takes_it_over_says_it_in_their_own_words_and_is_corrected(page, night, live_server):
    amara, tom, action, _ = night
    required = {one.pk: "Yes" for one in night[3].required.all()}
    item = make_offer(amara, tom, at=timezone.now(), action=action, entry={"answers": required}, when="end_of_shift")
    let_in(page, tom, f"/receive/{item.ref}/", live_server)
    page.get_by_role("button", name="Accept and take it over").click()
    expect(page.get_by_role("alert").first).to_contain_text("Say in your own words what you will do")
    page.get_by_label("In your own words").fill("I walk Mrs Ellis to 305 by 23:00, if it is cold I bring heaters")
    for hint in ("what", "when", "wrong"):
        expect(page.locator(f"[data-mention='{hint}']")).to_contain_class("ok")
    page.get_by_role("button", name="Accept and take it over").click()
    page.wait_for_url("**/receive/")
    assert fresh(action).responsible == tom

    let_in(page, amara, item.get_handover_url(), live_server)
    expect(page.get_by_text("I walk Mrs Ellis to 305 by 23:00").first).to_be_visible()
    page.get_by_role("radio", name="Not quite").check()
    page.get_by_label("What is not quite right?").fill("It is 308")
    with page.expect_navigation():
        page.get_by_role("button", name="Send").first.click()
    assert (fresh(item).read_back_right, fresh(item).read_back_answer) == (False, "It is 308")
