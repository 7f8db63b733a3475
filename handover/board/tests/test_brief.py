"""The incoming brief: what changed since one was last on, by others, from the trail; what is promised; who is on."""

import pytest
from django.utils import timezone

from handover import moves
from handover.actions.models import Action
from handover.board import brief_queries
from handover.board.brief_queries import brief, last_on
from handover.shifts.models import Rostering
from handover.shifts.queries import timetable
from tests.stories import fresh, hours, make_accepted, make_action, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db
STATEMENTS = 27


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def desk(now):
    return make_team()


@pytest.fixture
def people(desk, now):
    """Tom was on Night until this morning and is on again in 20 minutes; Amara is on Late; Priya leads."""
    amara, tom, priya = make_colleague("Amara Osei", desk), make_colleague("Tom Reid", desk), make_colleague("Priya Kaur", desk, lead=True)
    make_shift(desk, "Night", now - hours(24), now - hours(16), tom, priya)
    make_shift(desk, "Late", now - hours(7), now + minutes(30), amara, priya)
    make_shift(desk, "Night", now + minutes(20), now + hours(8), tom)
    return amara, tom, priya


def read(user, team, at, **more):
    return brief(fresh(user), team, at, table=timetable(team.pk, at), **more)


def changes(user, team, at):
    """What the page says of each action: its most important change."""
    return {one.action.title: one.group.first.what for one in read(user, team, at).changed}


def test_it_begins_where_my_last_shift_ended(people, desk, now):
    since = last_on(people[1], desk, now)
    assert (since.at, since.shift) == (now - hours(16), "Night")
    Rostering.objects.filter(colleague=people[1], shift__ends_at__lt=now).update(away="absence")
    assert last_on(people[1], desk, now).at == now - hours(24)  # who was away was not on


def test_without_a_rota_it_begins_where_i_was_last_active_else_a_day_ago(desk, now):
    nia = make_colleague("Nia", desk)
    assert last_on(nia, desk, now).at == now - hours(24)
    make_action(nia, at=now - hours(9))
    assert (last_on(nia, desk, now).at, last_on(nia, desk, now).was_active) == (now - hours(9), True)


@pytest.fixture
def night(people, desk, now):
    """What happened between Tom's shifts, one thing of every kind."""
    amara, tom, priya = people
    then, lately = now - hours(20), now - hours(3)
    mine = {name: make_action(tom, at=then, title=name) for name in ("declined", "reassigned away", "noted", "chased", "promised")}
    offer = make_offer(tom, amara, at=then, action=mine["declined"], when="end_of_shift")
    moves.decline(item_id=offer.pk, by=amara, reason="Not mine", at=lately)
    moves.reassign(action_id=mine["reassigned away"].pk, by=priya, to=amara, reason="Tom is off", at=lately)
    moves.note(action_id=mine["noted"].pk, by=amara, text="Key is in the safe", at=lately)
    moves.contact(action_id=mine["chased"].pk, by=amara, text="Where is it?", chased=True, at=lately)
    moves.promise(action_id=mine["promised"].pk, by=priya, promised_by=now + hours(2), customer_told=True, at=lately)
    back = make_accepted(priya, amara, at=lately, action=make_action(priya, at=lately, title="taken back"), when="in_shift")
    moves.take_back(item_id=back.pk, by=priya, at=lately)
    given = make_action(amara, at=lately, title="given to Tom")
    moves.reassign(action_id=given.pk, by=priya, to=tom, reason="His floor", at=lately)
    done, unable = (make_accepted(amara, priya, at=lately, action=make_action(amara, at=lately, title=title), when="in_shift") for title in ("done", "unable"))
    moves.complete(action_id=done.action_id, by=priya, at=lately + minutes(5))
    moves.answer(check_id=unable.checks.get().pk, by=priya, outcome="unable", words="No key", at=lately + minutes(5))
    make_action(amara, at=lately, title="new")
    own = make_action(tom, at=lately, title="my own")
    moves.note(action_id=own.pk, by=tom, text="Mine", at=lately)


@pytest.mark.usefixtures("night")
def test_what_changed_says_each_kind_of_change_by_others(people, desk, now):
    found = changes(people[1], desk, now)
    assert found == {
        "declined": "back",
        "chased": "chased",
        "reassigned away": "taken",
        "given to Tom": "given",
        "taken back": "taken",
        "unable": "unable",
        "promised": "promised",
        "noted": "word",
        "done": "done",
        "new": "new",
    }
    assert list(found)[-1] in ("done", "noted", "new")  # important first


@pytest.mark.usefixtures("night")
def test_customers_words_come_from_rows_and_say_who_and_until_when(people, desk, now):
    said = {one.action.title: one.changes[0] for one in read(people[1], desk, now).changed}
    assert said["noted"]["words"] == "Key is in the safe" and said["noted"]["by"] == people[0]
    assert said["chased"]["words"] == "Where is it?"
    assert said["promised"]["until"] == now + hours(2)
    assert said["reassigned away"]["to"] == "Amara Osei"
    stranger = make_colleague("Max", make_team("Shop"))
    assert read(stranger, desk, now).changed == []


@pytest.mark.usefixtures("night")
def test_what_is_promised_in_this_shift_is_sorted_with_its_holder(people, desk, now):
    amara, tom, _ = people
    make_action(amara, at=now, title="late tomorrow", promised_by=now + hours(20))
    Action.objects.filter(title="new").update(promised_by=now - minutes(5))
    found = read(tom, desk, now).promises
    assert [one.at for one in found] == sorted(one.at for one in found)
    titles = {one.action.title: one.action.responsible for one in found}
    assert "late tomorrow" not in titles and titles["promised"] == tom and titles["new"] == amara


def test_who_is_on_and_who_comes(people, desk, now):
    made = read(people[1], desk, now)
    assert [(slot.name, names) for slot, names in made.on_now] == [("Late", ["Amara Osei", "Priya Kaur"])]
    assert made.on_next and made.on_next[1] == ["Tom Reid"]


def test_twenty_are_shown_and_all_on_request(people, desk, now, client):
    amara, tom, _ = people
    for number in range(24):
        make_action(amara, at=now - hours(1), title=f"Number {number}")
    client.force_login(tom)
    page = client.get("/brief/").content.decode()
    assert "Show all, 4 more" in page and page.count("hotline") == 0
    assert "Show all" not in client.get("/brief/?changes=all").content.decode()


def test_an_empty_brief_says_so(people, client):
    client.force_login(people[1])
    page = client.get("/brief/").content.decode()
    assert "Nothing changed" in page and "None. Good." in page and "when your Night ended" in page
    client.force_login(make_colleague("New", is_administrator=True))
    assert client.get("/brief/").status_code == 200


def test_more_than_is_looked_at_is_said(people, desk, now, client, monkeypatch):
    monkeypatch.setattr(brief_queries, "MOST", 5)
    for number in range(9):
        make_action(people[0], at=now - hours(1), title=f"Number {number}")
    assert read(people[1], desk, now).is_cut


def test_the_number_of_statements_does_not_depend_on_the_rows(people, desk, now, client, django_assert_num_queries, django_assert_max_num_queries):
    amara, tom, priya = people

    def fill(count):
        for _ in range(count):
            action = make_action(amara, at=now - hours(1))
            moves.note(action_id=action.pk, by=amara, text="x", at=now)
            moves.contact(action_id=action.pk, by=amara, text="x", at=now)
            item = make_accepted(amara, priya, at=now - hours(1), when="in_shift")
            moves.answer(check_id=item.checks.get().pk, by=priya, outcome="unable", words="No", at=now)
            make_offer(amara, tom, at=now, when="end_of_shift")

    client.force_login(tom)
    fill(1)
    client.get("/brief/")
    with django_assert_max_num_queries(STATEMENTS) as few:
        assert client.get("/brief/").status_code == 200
    fill(4)
    with django_assert_num_queries(len(few.captured_queries)):
        assert client.get("/brief/").status_code == 200


@pytest.mark.usefixtures("night")
def test_the_api_says_the_same(people, desk, now, client):
    client.force_login(people[1])
    said = client.get("/api/v1/brief/").json()
    assert said["last_shift"] == "Night" and said["on_next"]["colleagues"] == ["Tom Reid"]
    declined = next(one for one in said["changed"] if one["action"]["title"] == "declined")
    assert declined["important"] and declined["changes"][0]["what"] == "back" and declined["changes"][0]["by"]["name"] == "Amara Osei"
    since = (now - hours(1)).isoformat()
    assert client.get("/api/v1/brief/", {"since": since}).json()["changed"] == []
    assert client.get("/api/v1/brief/", {"team": make_team("Shop").pk}).status_code == 404
    assert client.get("/api/v1/brief/", {"since": "yesterday"}).status_code == 400
