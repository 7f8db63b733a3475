"""Two sides sign a shift report; with the first signature it is fixed."""

import pytest

from accounts.models import Preference
from audit.models import Event as Trail
from common.errors import Invalid, NotAllowed, Refusal
from handover.due import operations as due
from handover.due.models import Due, Rule
from handover.events import Event
from handover.moves.by_rule import tell
from handover.notifications.models import Delivery, Kind, Notification
from handover.notifications.preparing import prepare, wants_email
from handover.reports import operations, queries
from handover.reports.models import ReportSignature, ShiftReport
from handover.shifts.models import Shift
from tests.stories import FOUR_PM, fresh, hours, make_action, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = pytest.mark.django_db
END = FOUR_PM + hours(7)


@pytest.fixture
def desk():
    """Late with Ana and Amy, Night with Ben; Lea leads and is on neither."""
    team = make_team()
    team.ana, team.amy, team.ben = (make_colleague(name, team) for name in ("Ana", "Amy", "Ben"))
    team.lea = make_colleague("Lea", team, lead=True)
    team.late = make_shift(team, "Late", FOUR_PM - hours(1), END, team.ana, team.amy)
    team.night = make_shift(team, "Night", END, END + hours(8), team.ben)
    return team


def sign(desk, by, side, at=END, **more):
    return operations.sign(shift_id=desk.late.pk, by=by, side=side, at=at, **more)


def unsigned(desk):
    return list(queries.with_crew(queries.unsigned(Shift.objects.filter(team=desk, ends_at__lte=END + hours(1)))))


def test_row_31_both_sides_sign_and_the_list_has_none_unsigned(desk):
    assert unsigned(desk) == [desk.late]
    sign(desk, desk.ana, "outgoing")
    assert unsigned(desk) == [desk.late]
    report = sign(desk, desk.ben, "incoming", END + minutes(5))
    assert [(one.side, one.by) for one in report.signatures.all()] == [("outgoing", desk.ana), ("incoming", desk.ben)]
    assert unsigned(desk) == []
    assert list(Trail.objects.filter(kind__startswith="report.").values_list("kind", flat=True)) == [Event.REPORT_GIVEN, Event.REPORT_RECEIVED]


def test_the_outgoing_signature_fixes_what_it_says(desk):
    # Given that Ana gave one action before she signed
    make_offer(desk.ana, desk.ben, at=END - minutes(20), when="end_of_shift")
    report = sign(desk, desk.ana, "outgoing")

    # When more is given afterwards
    make_offer(desk.ana, desk.ben, at=END + minutes(10))

    # Then the report says what it said, and its digest is the one in the trail
    kept = fresh(report)
    assert kept.content["figures"][0] == {"label": "Handed over", "value": 1, "more": ""}
    assert operations.digest_of(kept.content, kept.salt) == kept.digest == Trail.objects.get(kind=Event.REPORT_GIVEN).data["digest"]


def test_signing_twice_changes_nothing_and_a_colleague_hears_who_was_faster(desk):
    assert sign(desk, desk.ana, "outgoing") == sign(desk, desk.ana, "outgoing")
    with pytest.raises(Refusal, match="Ana has signed"):
        sign(desk, desk.amy, "outgoing")
    assert ReportSignature.objects.count() == 1


def test_the_incoming_side_cannot_sign_first(desk):
    with pytest.raises(Refusal, match="outgoing shift has not signed"):
        sign(desk, desk.ben, "incoming")
    assert not ShiftReport.objects.exists()


def test_a_shift_is_signed_from_half_an_hour_before_its_end(desk):
    with pytest.raises(Refusal, match="still runs") as refused:
        sign(desk, desk.ana, "outgoing", END - minutes(31))
    assert "22:30" in refused.value.possible
    assert sign(desk, desk.ana, "outgoing", END - minutes(30))


def test_who_is_on_neither_shift_does_not_sign_in_their_own_name(desk):
    zoe = make_colleague("Zoe", desk)
    for person in (zoe, desk.lea, desk.ben):
        with pytest.raises(NotAllowed, match="not on this shift"):
            sign(desk, person, "outgoing")
    with pytest.raises(NotAllowed, match="neither shift"):
        sign(desk, zoe, "outgoing", on_behalf_of=desk.ana.pk, reason="She is ill")


def test_row_32_a_lead_signs_on_behalf_of_an_absent_colleague_with_a_reason(desk):
    with pytest.raises(Invalid) as refused:
        sign(desk, desk.lea, "outgoing", on_behalf_of=desk.ana.pk)
    assert refused.value.field == "reason"
    report = sign(desk, desk.lea, "outgoing", on_behalf_of=desk.ana.pk, reason="She went home ill")
    signed = report.signatures.get()
    assert (signed.by, signed.on_behalf_of, signed.reason) == (desk.lea, desk.ana, "She went home ill")
    assert Trail.objects.get(kind=Event.REPORT_GIVEN).data["on_behalf_of"] == desk.ana.pk


def test_row_32_only_somebody_of_that_shift_is_signed_for(desk):
    for absent in (desk.ben, desk.lea):
        with pytest.raises(Invalid) as refused:
            sign(desk, desk.amy, "outgoing", on_behalf_of=absent.pk, reason="Ill")
        assert refused.value.field == "on_behalf_of"


def test_one_person_does_not_sign_both_sides(desk):
    sign(desk, desk.lea, "outgoing", on_behalf_of=desk.ana.pk, reason="Ill")
    with pytest.raises(Refusal, match="two colleagues sign"):
        sign(desk, desk.lea, "incoming", on_behalf_of=desk.ben.pk, reason="Ill")


def test_after_that_there_are_only_addenda(desk):
    with pytest.raises(Refusal, match="not signed yet"):
        operations.add(shift_id=desk.late.pk, by=desk.ben, at=END, text="The taxi came")
    report = sign(desk, desk.ana, "outgoing")
    operations.add(shift_id=desk.late.pk, by=desk.ben, at=END + hours(5), text="The taxi came at 04:20")
    assert [(one.by, one.text) for one in report.addenda.all()] == [(desk.ben, "The taxi came at 04:20")]
    assert fresh(report).content == report.content


def test_row_56_nobody_signs_and_first_the_shift_then_the_lead_is_told(desk):
    assert [operations.owe_unsigned(at=END + minutes(3)) for _ in range(2)] == [1, 0]
    rows = {row.step: row for row in Due.objects.filter(rule=Rule.REPORT)}
    assert [rows[step].due_at for step in (1, 2)] == [END + hours(1), END + hours(24)]
    for step, told in ((1, {desk.ana, desk.amy}), (2, {desk.lea})):
        row = rows[step]
        taken = due.Taken(row.pk, row.rule, row.step, row.subject_type, row.subject_id, row.team_id, None, row.due_at, 0, None)
        assert tell([taken], at=row.due_at) == 1
        notices = Notification.objects.filter(due=row)
        assert {one.recipient for one in notices} == told
        assert {(one.kind, one.path, one.needs_you) for one in notices} == {(Kind.REPORT_WAITS, f"/shifts/{desk.late.ref}/report/", True)}


def test_signing_cancels_what_was_owed_in_the_same_transaction_and_asks_the_other_side(desk):
    operations.owe_unsigned(at=END)
    sign(desk, desk.ana, "outgoing", END + minutes(5))
    assert list(Due.objects.live().filter(rule=Rule.REPORT).values_list("step", "due_at")) == [(2, END + hours(24) + minutes(5))]
    assert Notification.objects.get(kind=Kind.REPORT_WAITS).recipient == desk.ben
    sign(desk, desk.ben, "incoming", END + minutes(10))
    assert not Due.objects.live().filter(rule=Rule.REPORT).exists()
    assert Notification.objects.get(kind=Kind.REPORT_WAITS).settled_at == END + minutes(10)
    assert operations.owe_unsigned(at=END + minutes(15)) == 0


def test_a_shift_with_nobody_on_owes_no_report(desk):
    desk.late.rosterings.all().delete()
    assert operations.owe_unsigned(at=END) == 0


def test_row_59_only_who_asked_for_it_gets_a_signed_report_by_e_mail_and_it_names_no_customer(desk):
    # Given that Lea wants signed reports, and Amy never said
    Preference.objects.create(user=desk.lea, reminders={Kind.REPORT: ["email"]})
    make_offer(desk.ana, desk.ben, at=END - minutes(20), action=make_action(desk.ana, at=FOUR_PM, customer_name="Mrs Ellis"), when="end_of_shift")

    # When both sides have signed
    sign(desk, desk.ana, "outgoing")
    sign(desk, desk.ben, "incoming", END + minutes(5))

    # Then Lea alone gets it, with figures and a link
    notice = Notification.objects.get(kind=Kind.REPORT)
    assert notice.recipient == desk.lea and wants_email(desk.lea, Kind.REPORT) and not wants_email(desk.amy, Kind.REPORT)
    assert notice.words.startswith("handed over 1, accepted 0, not accepted 1") and "Ellis" not in notice.words + notice.title
    prepare()
    body = Delivery.objects.get(notification=notice).body
    assert "In figures: handed over 1," in body and f"/shifts/{desk.late.ref}/report/" in body and "Ellis" not in body
