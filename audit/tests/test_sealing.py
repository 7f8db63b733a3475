"""The sealer beside writers, with real transactions; and every way of tampering that we know of."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import StringIO
from threading import Barrier
from threading import Event as Signal
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from audit import anchors, queries, verifying
from audit import operations as audit
from audit.models import Anchor, Event
from common.models import IdempotencyKey

pytestmark = [pytest.mark.data, pytest.mark.django_db(transaction=True)]

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANA = SimpleNamespace(pk=7, kind="person")


def note(team=1, **data):
    return audit.record("action.noted", actor=ANA, subject=IdempotencyKey(pk=5, key="any"), team_id=team, at=NOON, data=data)


def some_history(events=10):
    for number in range(events):
        note(number=number, price=1.50, text="Café ☕ שלום")
        if number in (3, 6):
            audit.seal()
    audit.seal()


def behind_our_back(*statements):
    """As the owner of the tables, with the guard taken away for the moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("audit_event", "audit_anchor"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        for table in ("audit_event", "audit_anchor"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def put_hash(table, position, hash_then):
    return f"UPDATE {table} SET hash = '{hash_then}' WHERE position = {position}"


def rewrite_the_chain():
    """What somebody would do who has read our code: all hashes made anew, in the database."""
    events = audit.stored(Event.objects.sealed()).order_by("position")
    previous = Anchor.objects.get(position=0).hash
    changes = []
    for event in events:
        previous = verifying.chain.link(previous, event, event["position"])
        changes.append(put_hash("audit_event", event["position"], previous))
        changes.append(put_hash("audit_anchor", event["position"], previous))
    behind_our_back(*changes)


def in_threads(*jobs):
    def run(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, job) for job in jobs]]


def test_eight_writers_and_two_sealers_make_one_gap_free_chain():
    start, done = Barrier(10), Signal()
    left = list(range(8))

    def write():
        start.wait()
        for number in range(100):
            with transaction.atomic():
                note(number=number)
        left.pop()
        if not left:
            done.set()

    def keep_sealing():
        start.wait()
        while not done.is_set():
            audit.seal()

    in_threads(*[write] * 8, keep_sealing, keep_sealing)
    verdict = verifying.verify()
    assert (verdict.bad, verdict.count, verdict.unanchored) == ("", 800, 0)
    assert list(Event.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 801))


def test_an_event_waits_while_an_older_transaction_may_still_add_one():
    opened, close = Signal(), Signal()

    def slow():
        with transaction.atomic():
            note(who="slow")
            opened.set()
            close.wait(10)

    def quick():
        opened.wait(10)
        note(who="quick")
        before = audit.seal()
        close.set()
        return before

    _, sealed_meanwhile = in_threads(slow, quick)
    assert sealed_meanwhile == 0
    assert audit.seal() == 2
    assert [event.data["who"] for event in queries.events_after(0)] == ["slow", "quick"]


def test_only_one_sealer_at_a_time():
    note()
    with transaction.atomic():
        audit._seal_batch()
        assert in_threads(audit.seal) == [0]


def test_what_a_restored_database_brings_from_another_life_is_sealed_too():
    behind_our_back(
        "INSERT INTO audit_event (kind, at, actor_kind, subject_type, subject_id, subject_ref, data, xid) "
        "VALUES ('old', now(), 'rule', 'x', 1, '', '{}', pg_current_xact_id()::text::bigint + 1000000)"
    )
    assert audit.seal() == 1


def test_the_trail_is_read_in_its_order_from_where_one_stood():
    some_history(5)
    note(team=2)
    audit.seal()
    assert [event.position for event in queries.events_after(2, limit=3)] == [3, 4, 5]
    assert [event.position for event in queries.events_after(0, team_ids=[2])] == [6]
    assert queries.newest_position() == 6


def test_the_marker_stays_after_the_sealing_until_something_new_comes():
    note(team=1)
    audit.seal()
    sealed = queries.newest_marker([1])
    note(team=2)
    audit.seal()
    assert queries.newest_marker([1]) == sealed == "1.0"
    note(team=1)
    assert queries.newest_marker([1]) not in (sealed, queries.newest_marker([2]))


def test_an_untouched_trail_verifies_and_sealing_comes_first(capsys):
    some_history()
    note(late="still unsealed")
    output = StringIO()
    call_command("verify_history", stdout=output)
    assert output.getvalue() == "OK 11 events\n"


def test_an_empty_trail_verifies():
    assert verifying.verify() == verifying.Verdict(0)


UPDATE = "UPDATE audit_event SET data = jsonb_set(data, '{number}', '99') WHERE position = 5"


@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        ([UPDATE], "position 5 (id"),
        (["UPDATE audit_event SET data = replace(data::text, '1.5', '1.50')::jsonb WHERE position = 4"], "position 4 (id"),
        (["UPDATE audit_event SET at = at + interval '1 microsecond' WHERE position = 1"], "position 1 (id"),
        (["UPDATE audit_event SET hash = repeat('0', 64) WHERE position = 7"], "position 7 (id"),
        (["UPDATE audit_event SET actor_id = NULL WHERE position = 10"], "position 10 (id"),
        (["DELETE FROM audit_event WHERE position = 6"], "position 6 is missing"),
        (["DELETE FROM audit_event WHERE position <= 2"], "positions 1 to 2 are missing"),
        (["DELETE FROM audit_event WHERE position > 8"], "positions 9 to 10 are missing"),
        (["DELETE FROM audit_event WHERE position > 8", "DELETE FROM audit_anchor WHERE position > 8"], "positions 9 to 10 are missing"),
        (["DELETE FROM audit_event"], "positions 1 to 10 are missing"),
        (["DELETE FROM audit_anchor WHERE position = 0"], "beginning of the trail is missing"),
        (["UPDATE audit_event SET position = NULL, hash = NULL, kind = 'x' WHERE position = 10"], "position 10"),
    ],
)
def test_tampering_behind_our_back_is_found_and_the_first_bad_event_named(tampering, named, capsys):
    some_history()
    behind_our_back(*tampering)
    with pytest.raises(SystemExit) as stop:
        call_command("verify_history")
    assert stop.value.code == 1
    assert named in capsys.readouterr().err


def test_a_rewrite_with_all_hashes_made_anew_is_found_by_the_anchor_file():
    some_history()
    behind_our_back(UPDATE)
    rewrite_the_chain()
    assert "position 5 (id" in verifying.verify().bad
    assert "rewritten after it was sealed" in verifying.verify().bad


def test_a_rewrite_of_the_events_alone_is_found_by_the_anchors_where_there_is_no_file():
    some_history()
    kept = dict(Anchor.objects.values_list("position", "hash"))
    behind_our_back(UPDATE)
    rewrite_the_chain()
    behind_our_back(*(put_hash("audit_anchor", *anchor) for anchor in kept.items()))
    anchors.path_of(kept[0]).unlink()
    assert "position 7 (id" in verifying.verify().bad  # the first anchor after event 5


def test_a_cut_tail_still_shows_when_the_trail_has_gone_on():
    some_history()
    behind_our_back("DELETE FROM audit_event WHERE position > 8", "DELETE FROM audit_anchor WHERE position > 8")
    some_history(5)
    assert "position 9 (id" in verifying.verify().bad


def test_a_machine_without_the_file_fills_it_in_and_says_what_is_not_in_it_yet(settings, tmp_path):
    some_history()
    settings.BATON_VAR = tmp_path / "another"
    output = StringIO()
    call_command("verify_history", stdout=output)
    assert "OK 10 events\n10 of them are not in this machine's anchor file yet." in output.getvalue()
    note()
    assert (verifying.verify().count, verifying.verify().unanchored) == (11, 0)


def test_sealing_goes_on_where_the_disk_refuses(settings, tmp_path, caplog):
    settings.BATON_VAR = tmp_path / "file"
    settings.BATON_VAR.write_text("not a folder")
    note()
    assert audit.seal() == 1
    assert "cannot be written" in caplog.text


def test_half_a_record_in_the_file_is_mended():
    some_history(3)
    beginning = Anchor.objects.get(position=0).hash
    with anchors.path_of(beginning).open("ab") as file:
        file.write(b"half")
    some_history(3)
    assert (verifying.verify().bad, verifying.verify().unanchored) == ("", 0)


def test_after_a_restore_the_operator_sets_the_file_aside():
    some_history()
    behind_our_back("DELETE FROM audit_event WHERE position > 8", "DELETE FROM audit_anchor WHERE position > 8")
    aside = anchors.set_aside(Anchor.objects.get(position=0).hash)
    assert aside is not None
    assert verifying.verify().bad == ""
    assert anchors.set_aside("nothing like it") is None
