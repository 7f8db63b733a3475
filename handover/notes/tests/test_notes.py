"""Shift notes: what the next shift should know, until it runs out or is resolved."""

import pytest

from audit.models import Event as Trail
from common.errors import Invalid, NotAllowed, Refusal, StaleVersion
from handover.events import Event
from handover.notes import operations, queries
from handover.notifications.models import Kind, Notification
from tests.stories import FOUR_PM, fresh, hours, make_colleague, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    """Late till eleven with Ana, Night till seven with Ben, Early till three with Cleo."""
    team = make_team()
    ana, ben, cleo = (make_colleague(name, team) for name in ("Ana", "Ben", "Cleo"))
    team.late = make_shift(team, "Late", FOUR_PM - hours(1), FOUR_PM + hours(7), ana)
    team.night = make_shift(team, "Night", FOUR_PM + hours(7), FOUR_PM + hours(15), ben)
    team.early = make_shift(team, "Early", FOUR_PM + hours(15), FOUR_PM + hours(23), cleo)
    team.ana, team.ben, team.cleo = ana, ben, cleo
    return team


def standing(team, at, shift=None):
    return [note.text for note in queries.standing(team.pk, at, shift)]


def leave(team, text="Lift 2 is off", at=FOUR_PM, **words):
    return operations.leave(team=team, by=team.ana, at=at, text=text, **words)


def test_a_note_reappears_for_every_shift_until_somebody_resolves_it(desk):
    # Given a note that stands until it is resolved
    note = leave(desk)
    assert standing(desk, FOUR_PM + hours(8), desk.night) == ["Lift 2 is off"]
    assert standing(desk, FOUR_PM + hours(16), desk.early) == ["Lift 2 is off"]

    # When Cleo resolves it, twice
    for _ in range(2):
        operations.resolve(note_id=note.pk, by=desk.cleo, at=FOUR_PM + hours(17), reason="Repaired")

    # Then it is gone, stays readable, and the trail has it once
    assert standing(desk, FOUR_PM + hours(18)) == []
    assert [one.resolve_reason for one in queries.gone(desk.cleo, desk.pk, FOUR_PM + hours(18))] == ["Repaired"]
    assert Trail.objects.filter(kind=Event.SHIFT_NOTE_RESOLVED).count() == 1


def test_a_note_with_a_time_runs_out_at_that_instant(desk):
    leave(desk, lasts="until", expires_at=FOUR_PM + hours(2))
    assert standing(desk, FOUR_PM + hours(2) - minutes(1)) and not standing(desk, FOUR_PM + hours(2))


def test_a_note_until_the_next_shift_ends_outlives_this_one(desk):
    note = leave(desk, lasts="next_shift")
    assert note.expires_at == desk.night.ends_at


def test_a_note_for_the_next_shift_only_is_for_that_shift_and_ends_with_it(desk):
    note = leave(desk, audience="next")
    assert (note.for_shift, note.expires_at) == (desk.night, desk.night.ends_at)
    assert standing(desk, FOUR_PM + hours(8), desk.night) and not standing(desk, FOUR_PM + hours(8), desk.early)


def test_a_note_for_a_named_shift_waits_for_shifts_of_that_name(desk):
    leave(desk, audience="named", shift_name="Early")
    assert standing(desk, FOUR_PM, desk.early) == ["Lift 2 is off"] and standing(desk, FOUR_PM, desk.night) == []


def test_a_shift_that_the_team_does_not_have_is_refused(desk):
    with pytest.raises(Invalid, match="no shift called"):
        leave(desk, audience="named", shift_name="Dawn")
    with pytest.raises(Invalid):
        leave(desk, audience="named")


def test_a_time_that_is_over_or_missing_is_refused(desk):
    for when in (FOUR_PM, None):
        with pytest.raises(Invalid) as refused:
            leave(desk, lasts="until", expires_at=when)
        assert refused.value.field == "expires_at"


def test_row_18_a_standing_instruction_comes_first(desk):
    leave(desk, "Ring the bell twice", pinned=True)
    leave(desk, "Lift 2 is off", at=FOUR_PM + minutes(5))
    assert standing(desk, FOUR_PM + hours(1)) == ["Ring the bell twice", "Lift 2 is off"]


def test_what_a_note_said_before_stays_readable(desk):
    note = leave(desk)
    operations.change(note_id=note.pk, by=desk.ben, at=FOUR_PM + hours(8), version=1, text="Lift 2 is off until Monday", topic="Rooms")
    operations.change(note_id=note.pk, by=desk.cleo, at=FOUR_PM + hours(16), version=2, text="Lift 2 works on weekdays", topic="Rooms")
    before = [(old.number, old.text, old.by.display_name, old.at) for old in note.versions.all()]
    assert before == [(2, "Lift 2 is off until Monday", "Ben", FOUR_PM + hours(8)), (1, "Lift 2 is off", "Ana", FOUR_PM)]
    assert fresh(note).text == "Lift 2 works on weekdays" and fresh(note).by == desk.ana


def test_a_change_to_an_older_version_is_refused_and_brings_what_it_says_now(desk):
    note = leave(desk)
    operations.change(note_id=note.pk, by=desk.ben, at=FOUR_PM, version=1, text="Lift 2 is off until Monday")
    with pytest.raises(StaleVersion) as refused:
        operations.change(note_id=note.pk, by=desk.ana, at=FOUR_PM, version=1, text="Lift 2 works")
    assert refused.value.extra["theirs"]["text"] == "Lift 2 is off until Monday"


def test_sending_the_same_change_twice_changes_it_once(desk):
    note = leave(desk)
    for _ in range(2):
        operations.change(note_id=note.pk, by=desk.ben, at=FOUR_PM, version=1, text="Lift 2 is off until Monday")
    assert fresh(note).version == 2 and note.versions.count() == 1


def test_a_resolved_note_cannot_be_changed(desk):
    note = leave(desk)
    operations.resolve(note_id=note.pk, by=desk.ben, at=FOUR_PM)
    with pytest.raises(Refusal, match="resolved"):
        operations.change(note_id=note.pk, by=desk.ana, at=FOUR_PM, version=1, text="Lift 2 works")


def test_the_next_shift_is_told_only_where_the_author_asks(desk):
    leave(desk)
    assert not Notification.objects.exists()
    note = leave(desk, "The fire panel beeps", tell_now=True, topic="Security")
    assert [(one.recipient, one.kind, one.title) for one in Notification.objects.all()] == [
        (desk.ben, Kind.SHIFT_NOTE, "Ana left a note for your shift: Security")
    ]
    operations.resolve(note_id=note.pk, by=desk.ben, at=FOUR_PM)
    assert Notification.objects.get().settled_at == FOUR_PM


def test_who_has_seen_the_standing_notes_is_kept_once(desk):
    note = leave(desk)
    assert [operations.see(team=desk, by=person, at=FOUR_PM) for person in (desk.ben, desk.ben, desk.ana)] == [1, 0, 0]
    assert [seen.colleague for seen in note.seen_by.all()] == [desk.ben]


def test_topics_grow_from_what_the_team_uses(desk):
    leave(desk, topic="Pool area")
    assert queries.topics(desk.pk)[0] == "Pool area" and "Guests" in queries.topics(desk.pk)


def test_another_team_leaves_and_resolves_nothing_here(desk):
    stranger = make_colleague("Nia", make_team("Shop"))
    note = leave(desk)
    with pytest.raises(NotAllowed):
        operations.leave(team=desk, by=stranger, at=FOUR_PM, text="Hello")
    with pytest.raises(NotAllowed):
        operations.resolve(note_id=note.pk, by=stranger, at=FOUR_PM)
    assert list(queries.gone(stranger, desk.pk, FOUR_PM)) == []


def test_without_a_rota_the_next_shift_is_eight_hours():
    team = make_team()
    note = operations.leave(team=team, by=make_colleague("Ana", team), at=FOUR_PM, text="Lift 2 is off", lasts="next_shift")
    assert note.expires_at == FOUR_PM + hours(8)
