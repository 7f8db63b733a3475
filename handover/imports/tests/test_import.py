"""A log becomes people, teams, actions and handovers, once, however often it is given."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.management.base import CommandError

from accounts.models import Kind, Membership, Team, User
from audit.models import Event
from handover.actions.models import Action
from handover.actions.states import State
from handover.due.models import Due
from handover.handovers.models import Handover, Item
from handover.handovers.states import State as ItemState
from handover.imports.models import ImportedCase, ImportRun, LogEvent
from handover.moves import note
from tests.oracle import bring_in
from tests.stories import make_action, make_colleague

pytestmark = pytest.mark.django_db
HEADER = "case_id,timestamp,resource,to_resource,group,service,status,priority,source_row\n"
STORY = """\
C1,2026-01-05T08:00:00Z,Robot,,Desk,Rooms,New,3,1
C1,2026-01-05T08:10:00Z,Eve,Ana,Desk,Rooms,Active,3,2
C2,2026-01-05T08:15:00Z,Robot,,,Rooms,New,1 - Critical,3
C1,2026-01-05T08:20:00Z,Ana,Ben,Shop,Rooms,Active,3,4
C1,2026-01-05T08:30:00Z,Robot,Ben,Shop,Rooms,Closed,3,5
C3,2026-01-05T09:00:00Z,Ana,Ana,Desk,Rooms,Active,3,6
C3,2026-01-05T09:10:00Z,Ana,Ben,Desk,Rooms,Active,3,7
"""
LATER = "C3,2026-01-05T09:20:00Z,Ben,Ana,Desk,Rooms,Active,3,8\n"


@pytest.fixture
def give(tmp_path) -> Callable[..., str]:
    def give(rows: str = STORY, source: str = "LOG", *more: str, name: str = "log.csv") -> str:
        place = tmp_path / name
        place.write_text(HEADER + rows)
        return bring_in(place, source, "--automatic", "Robot", *more)

    return give


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 1, 5, hour, minute, tzinfo=UTC)


def everything() -> list[list[dict]]:
    return [list(model.objects.order_by("pk").values()) for model in (LogEvent, Action, Item, Handover, User, Team, Membership, ImportRun, ImportedCase, Event)]


def test_groups_become_teams_and_names_become_people_who_never_sign_in(give):
    give()
    assert {team.name for team in Team.objects.filter(source="LOG")} == {"Desk", "Shop", "No group (LOG)"}
    kinds = dict(User.objects.filter(source="LOG").values_list("display_name", "kind"))
    assert kinds == {"Ana": Kind.IMPORTED, "Ben": Kind.IMPORTED, "Eve": Kind.IMPORTED, "Robot": Kind.AUTOMATIC}
    assert not any(user.has_usable_password() or user.email for user in User.objects.filter(source="LOG"))
    members = Membership.objects.values_list("team__name", "user__display_name")
    assert set(members) == {("Desk", "Ana"), ("Desk", "Ben"), ("Shop", "Ben")}


def test_cases_become_actions_as_their_last_row_leaves_them(give):
    give()
    closed, pool, held = (Action.objects.get(external_ref=ref) for ref in ("C1", "C2", "C3"))
    assert (closed.state, closed.team.name, closed.responsible.display_name, closed.closed_at) == (State.COMPLETED, "Shop", "Ben", at(8, 30))
    assert (pool.state, pool.team.name, pool.responsible, pool.urgency) == (State.POOL, "No group (LOG)", None, "urgent")
    assert (held.state, held.responsible.display_name, held.held_since, held.created_by.display_name) == (State.HELD, "Ben", at(9, 10), "Ana")
    assert {action.imported_from for action in (closed, pool, held)} == {"LOG"}
    assert closed.title == "Rooms (C1)"


def test_from_owner_to_owner_is_a_handover_marked_as_imported_with_nothing_invented(give):
    give()
    over, current = Item.objects.order_by("accepted_at")
    assert (over.giver.display_name, over.receiver.display_name, over.accepted_by.display_name) == ("Ana", "Ben", "Ben")
    assert (over.from_team.name, over.to_team.name, over.accepted_at, over.state) == ("Desk", "Shop", at(8, 20), ItemState.ENDED)
    assert (current.state, current.imported_from, current.handover.imported_from, current.handover.rule) == (ItemState.ACCEPTED, "LOG", "LOG", "imported")
    assert (over.read_back, over.outcome, over.checks.count()) == ("", "", 0)
    assert not Due.objects.exists()
    event, *brought_in = Event.objects.order_by("pk")
    assert (event.kind, event.data["rule"], event.data["handovers"], len(event.data["actions"])) == ("imported", "imported", 2, 3)
    assert {(each.kind, each.subject_id, each.team_id) for each in brought_in} == {
        ("action.imported", action.pk, action.team_id) for action in Action.objects.all()
    }


def test_the_second_run_changes_nothing_and_says_so(give):
    first = give()
    before = everything()
    assert "New in LOG: rows 7, actions 3, handovers between colleagues 2." in first
    assert "Nothing new: all 7 rows are in LOG already. Nothing was changed." in give()
    assert everything() == before


def test_a_longer_export_adds_its_new_rows_and_the_action_follows(give):
    give()
    old = set(Item.objects.values_list("ref", flat=True))
    said = give(STORY + LATER, name="later.csv")
    assert "New in LOG: rows 1, actions 0, handovers between colleagues 1." in said and "Actions that follow new rows: 1" in said
    assert Action.objects.get(external_ref="C3").responsible.display_name == "Ana"
    states = list(Item.objects.filter(action__external_ref="C3").order_by("accepted_at").values_list("state", "ended_at"))
    assert states == [(ItemState.ENDED, at(9, 20)), (ItemState.ACCEPTED, None)]
    assert old < set(Item.objects.values_list("ref", flat=True))


def test_a_row_in_between_that_comes_later_splits_a_passing(give):
    give(STORY.replace("C3,2026-01-05T09:10:00Z,Ana,Ben", "C3,2026-01-05T09:10:00Z,Ana,Ann"))
    give("C3,2026-01-05T09:05:00Z,Ana,Ben,Desk,Rooms,Active,3,9\n", name="more.csv")
    chain = Item.objects.filter(action__external_ref="C3").order_by("accepted_at").values_list("giver__display_name", "receiver__display_name")
    assert list(chain) == [("Ana", "Ben"), ("Ben", "Ann")]


def test_an_action_that_colleagues_worked_on_stays_as_they_left_it(give):
    # Given an imported action that a colleague of the team has written a note to
    give()
    action = Action.objects.get(external_ref="C3")
    note(action_id=action.pk, by=make_colleague("Zoe", action.team), at=at(10, 0), text="I called them.")
    # When the log goes on
    said = give(STORY + LATER, name="later.csv")
    # Then its row is kept, and the action is not touched
    assert "that stay as colleagues left them: 1" in said
    assert LogEvent.objects.filter(case="C3").count() == 3
    action.refresh_from_db()
    assert action.responsible.display_name == "Ben"


def test_an_external_reference_that_is_taken_is_told_apart_by_the_source(give):
    desk = Team.objects.create(name="Desk", source="LOG")
    make_action(make_colleague("Zoe", desk), external_ref="C1", team=desk)
    give(STORY.replace("Ben,Shop", "Ben,Desk"))
    assert set(Action.objects.filter(team=desk).values_list("external_ref", flat=True)) == {"C1", "LOG:C1", "C3"}


def test_groups_that_differ_by_capitals_and_names_that_differ_by_an_accent_stay_apart(give):
    twins = STORY.replace("Ben,Shop", "Bén,desk")
    said = give(twins)
    assert set(Team.objects.filter(source="LOG").values_list("name", flat=True)) == {"Desk", "desk (2)", "No group (LOG)"}
    assert {"Ben", "Bén"} <= set(User.objects.values_list("display_name", flat=True))
    assert "  22  names with other letters than a–z: 1; that differ by an accent only, kept apart: 1" in said
    assert "  26  " in said
    # And they are found again in a later file
    give(twins + LATER.replace("Desk", "desk"), name="later.csv")
    assert Action.objects.get(external_ref="C3").team.name == "desk (2)"
    assert Team.objects.count() == 3


def test_one_source_never_mixes_with_another(give):
    give()
    give(source="OTHER")
    assert Action.objects.filter(external_ref="C1").count() == 2
    assert User.objects.filter(display_name="Ana").count() == 2


def test_a_bad_row_in_the_middle_leaves_nothing_behind(give):
    with pytest.raises(CommandError, match=r"^Row 8 of log\.csv cannot be dated: “soon”"):
        give(STORY + LATER.replace("2026-01-05T09:20:00Z", "soon"))
    assert not any(everything())


def test_a_row_that_says_otherwise_at_the_same_place_is_refused_with_its_number(give):
    give()
    before = everything()
    with pytest.raises(CommandError, match=r"Row 2 of other\.csv: C1 has another row at place 2 already"):
        give(STORY.replace("Eve,Ana", "Eve,Ann"), name="other.csv")
    assert everything()[:2] == before[:2]


def test_a_source_keeps_its_form_and_a_file_its_zone(give, tmp_path):
    give()
    (tmp_path / "sn.csv").write_text(SERVICENOW)
    with pytest.raises(CommandError, match="imported in the neutral form before"):
        bring_in(tmp_path / "sn.csv", "LOG", form="servicenow")
    with pytest.raises(CommandError, match="in the time zone Europe/London before"):
        give(STORY, "LOG", "--timezone", "Europe/Berlin")


SERVICENOW = "number,sys_updated_at,sys_updated_by,assigned_to,assignment_group,incident_state\nC1,5/1/2026 08:00,Robot,?,Desk,New\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--source", "Baton"], "stands for Baton's own work"),
        (["--source", " LOG"], "1 to 60 characters"),
        (["--timezone", "London"], "“London” is not a time zone"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_read(give, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        give(STORY, "LOG", *arguments)


def test_the_same_case_in_a_longer_servicenow_export_meets_itself(tmp_path):
    # Given an export, and a later one in which another case comes first
    head, row = SERVICENOW.splitlines()
    rows = [row, row.replace("08:00", "08:10").replace("?", "Ana")]
    (tmp_path / "one.csv").write_text("\n".join([head, *rows, ""]))
    later = [row.replace("C1", "C0"), rows[0], rows[1], row.replace("08:00", "09:00").replace("?", "Ben")]
    (tmp_path / "two.csv").write_text("\n".join([head, *later, ""]))
    # When both are imported
    bring_in(tmp_path / "one.csv", "SN", form="servicenow")
    bring_in(tmp_path / "two.csv", "SN", form="servicenow")
    # Then no row is doubled or lost
    assert list(LogEvent.objects.order_by("case", "source_row").values_list("case", "source_row", "owner")) == [
        ("C0", 1, ""),
        ("C1", 1, ""),
        ("C1", 2, "Ana"),
        ("C1", 3, "Ben"),
    ]
