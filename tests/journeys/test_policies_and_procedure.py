"""Policies are followed where the work is done (A-P11, A-K11); everybody reads how the team hands over, and their own part (A-K1, B-K1, B-K2, B-K3)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import JobRole
from handover.agreements import operations as agreements
from handover.agreements.models import Applies
from handover.agreements.operations import Terms
from handover.catalog import operations as catalog
from handover.catalog.words import StepWords, SystemWords
from handover.policies import operations as policies
from tests.fixtures.pages import axe
from tests.stories import make_action, make_colleague, make_offer, make_shift, make_team

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]
PASSWORD = "a long enough password"
TITLE, SENTENCE = "Guests with access needs", "Say what the guest needs, not what they have."


@pytest.fixture
def hotel():
    return make_team("Harbour Hotel, front desk")


@pytest.fixture
def people(hotel):
    """Amara, host, is on shift and Tom, night porter, comes next; Priya leads; Alex keeps the organisation's rules."""
    now = timezone.now()
    found = {
        "amara": make_colleague("Amara Osei", hotel, role="host", password=PASSWORD),
        "tom": make_colleague("Tom Reid", hotel, role="night porter", password=PASSWORD),
        "priya": make_colleague("Priya Kaur", hotel, lead=True, role="duty manager", password=PASSWORD),
        "alex": make_colleague("Alex Morgan", is_administrator=True, password=PASSWORD),
    }
    make_shift(hotel, "Late", now - timedelta(hours=7), now + timedelta(minutes=40), found["amara"])
    make_shift(hotel, "Night", now + timedelta(minutes=25), now + timedelta(hours=9), found["tom"])
    return found


@pytest.fixture
def service(hotel, people):
    """Room moves: the host gives, by radio during a shift to the porter, face to face between shifts to anybody; a second point without an agreement."""
    now, lead = timezone.now(), people["priya"]
    host, porter = (JobRole.objects.get(team=hotel, name=name) for name in ("host", "night porter"))
    steps = [
        StepWords("Find a warm room", "Front desk", point=True, point_name="front desk to porter", role_ids=[host.pk]),
        StepWords("Walk the guest over", "Porter", point=True, point_name="porter to housekeeping", role_ids=[porter.pk]),
    ]
    words = {"procedure": "Look at the new room before you promise it.", "systems": [SystemWords("Room system", "https://rooms.example.org/")]}
    made = catalog.add_service(team=hotel, by=lead, at=now, name="Room moves", steps=steps, **words)
    point = made.handover_points.get(letter="A")
    during = Terms(trigger="As soon as the key is cut", channel="By radio, channel 2", receiving_roles=[porter])
    agreements.make(point=point, by=lead, at=now, applies=Applies.DURING, terms=during)
    agreements.make(point=point, by=lead, at=now, applies=Applies.BETWEEN, terms=Terms(trigger="The shift ends", channel="Face to face at the desk"))
    return made


@pytest.fixture
def policy(people, service):
    about = policies.About(kind="code", title=TITLE, kept_by="Priya Kaur", services=[service.pk], hints={"situation": SENTENCE})
    wording = policies.Wording("Ask each guest what they need.", timezone.now().date())
    made = policies.add(by=people["alex"], at=timezone.now(), about=about, wording=wording)
    policies.publish(policy=made, by=people["alex"], at=timezone.now())
    return made


def sign_in(page, person):
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.fill("input[type=email]", person.email)
    page.fill("input[type=password]", PASSWORD)
    page.click("main button[type=submit], button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def test_a_p11_a_k11_a_policy_is_published_shown_beside_its_field_and_acknowledged_and_the_lead_sees_who_has_not(page, people, service):
    amara, tom, priya, alex = (people[name] for name in ("amara", "tom", "priya", "alex"))

    # Given that Alex writes a policy, says where it applies and beside which field it is shown, and publishes it
    sign_in(page, alex)
    page.goto("/policies/")
    page.get_by_role("link", name="Write a policy").first.click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Code of practice").check()
    page.get_by_label("Who keeps it").fill("Priya Kaur")
    page.get_by_label("What it says").fill("Ask each guest what they need.\n\nNever guess.")
    page.get_by_role("checkbox", name="Room moves").check()
    page.get_by_label("Situation", exact=True).fill(SENTENCE)
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("button", name="Publish version 1").click()
    page.get_by_text("Version 1 is published").wait_for()

    # When Amara hands over an action of that service, she meets it where it matters, and reads it
    make_action(amara, service=service, at=timezone.now())
    sign_in(page, amara)
    page.goto("/handovers/new/")
    expect(page.locator(".rulehint", has_text=SENTENCE)).to_be_visible()
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("button", name="I have read it").click()
    page.get_by_text("Noted: you have read").wait_for()
    expect(page.get_by_text("You have read it", exact=True)).to_be_visible()

    # Then Priya, who leads, sees that Tom and she herself have not
    sign_in(page, priya)
    page.goto("/policies/")
    page.get_by_role("link", name=TITLE).first.click()
    card = page.get_by_role("region", name="Who has not read version 1")
    expect(card.get_by_text("Tom Reid")).to_be_visible()
    expect(card.get_by_text("Priya Kaur")).to_be_visible()
    expect(card.get_by_text("Amara Osei")).to_have_count(0)
    assert axe(page) == []


def test_a_p11_a_new_version_says_what_has_changed_and_asks_again(page, people, service, policy):
    amara, alex = people["amara"], people["alex"]
    policies.acknowledge(policy=policy, by=amara, at=timezone.now(), number=1)

    # When Alex publishes a second version
    sign_in(page, alex)
    page.goto(policy.get_absolute_url())
    page.get_by_role("link", name="Write the next version").click()
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("Say what has changed").first, "nothing typed is lost, and it says what is missing").to_be_visible()
    page.get_by_label("What has changed").fill("Ask again at check-out.")
    page.get_by_label("What it says").fill("Ask each guest what they need, twice.")
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("button", name="Publish version 2").click()

    # Then Amara is asked again, and sees the difference word by word
    sign_in(page, amara)
    page.goto("/notifications/")
    page.get_by_role("link", name=f"Read and acknowledge: {TITLE}").first.click()
    page.get_by_role("link", name="Compare with version 1").first.click()
    expect(page.locator("ins")).to_contain_text("twice.")
    expect(page.locator("del")).to_contain_text("need.")
    assert axe(page) == []
    page.get_by_role("button", name="I have read it").click()
    page.get_by_text("Noted: you have read").wait_for()


def test_a_k1_b_k1_everybody_reads_the_procedures_and_the_systems_of_each_service(page, people, service, policy):
    sign_in(page, people["tom"])
    page.get_by_role("link", name="How we hand over").first.click()
    moves = page.get_by_role("region", name="1. Room moves")
    for words in ("Look at the new room before you promise it.", "Room system", "Find a warm room", TITLE):
        expect(moves.get_by_text(words).first).to_be_visible()
    expect(moves.get_by_role("link", name="Room system")).to_have_attribute("href", "https://rooms.example.org/")
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="B. Porter to housekeeping").click()
    expect(moves.get_by_text("Nothing is agreed here")).to_be_visible()

    # On paper the navigation is gone, and everything is there
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main", exact=True)).to_be_hidden()
    expect(moves.get_by_text("By radio, channel 2").first).to_be_visible()


def test_b_k2_the_procedure_says_how_it_differs_during_a_shift_and_between_shifts(page, people, service):
    sign_in(page, people["tom"])
    page.goto("/how-we-hand-over/")
    table = page.get_by_role("table", name="Room moves, A")
    how = table.get_by_role("row", name="How differs")
    expect(how.get_by_role("cell")).to_have_text(["By radio, channel 2", "Face to face at the desk"])
    same = table.get_by_role("row", name="Check completion")
    expect(same.get_by_role("cell"), "what is the same is said once").to_have_count(1)


def test_b_k3_my_part_says_what_i_give_what_i_may_receive_and_what_i_owe_an_answer_on(page, people, service, policy):
    amara, tom = people["amara"], people["tom"]
    make_offer(amara, tom, at=timezone.now(), when="end_of_shift", action=make_action(amara, at=timezone.now(), service=service, title="Move Mrs Ellis"))
    sign_in(page, tom)
    page.goto("/how-we-hand-over/")
    page.get_by_role("link", name="My part").click()
    gives, takes = page.get_by_role("region", name="What I give"), page.get_by_role("region", name="What I may receive")
    expect(gives.get_by_role("link")).to_have_text(["Room moves, B. Porter to housekeeping"])
    expect(takes.get_by_text("As night porter")).to_be_visible()
    expect(takes.get_by_text("Anybody may")).to_be_visible()
    owed = page.get_by_role("region", name="What I owe an answer on")
    for words in ("Move Mrs Ellis", TITLE, "How we hand over"):
        expect(owed.get_by_role("link", name=words)).to_be_visible()
    expect(page.get_by_role("heading", name="When I take over")).to_be_visible()
    assert axe(page) == []

    # Reading the procedure is one press, after which it is not owed any more; the lead sees that
    owed.get_by_role("link", name="How we hand over").click()
    page.get_by_role("button", name="I have read it").click()
    page.get_by_text("Noted: you have read how we hand over.").wait_for()
    page.get_by_role("link", name="My part").click()
    expect(page.get_by_role("region", name="What I owe an answer on").get_by_role("link", name="How we hand over")).to_have_count(0)
    sign_in(page, people["priya"])
    page.goto("/how-we-hand-over/")
    unread = page.get_by_role("region", name="Who has not read it")
    expect(unread.get_by_text("Amara Osei")).to_be_visible()
    expect(unread.get_by_text("Tom Reid")).to_have_count(0)


def test_the_procedure_and_the_policies_work_without_javascript_and_on_a_phone(without_javascript, phone, people, service, policy):
    sign_in(without_javascript, people["tom"])
    without_javascript.goto(policy.get_absolute_url())
    without_javascript.get_by_role("button", name="I have read it").click()
    expect(without_javascript.get_by_text("Noted: you have read")).to_be_visible()
    sign_in(phone, people["amara"])
    phone.emulate_media(color_scheme="dark")
    for address in ("/policies/", policy.get_absolute_url(), "/how-we-hand-over/", "/how-we-hand-over/my-part/"):
        phone.goto(address)
        assert axe(phone) == []
        assert not phone.evaluate("document.documentElement.scrollWidth > window.innerWidth"), address
