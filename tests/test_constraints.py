"""What must never be true is refused by the database itself: every named constraint has a row here that it refuses."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts.models import Integration, Invitation, JobRole, Membership, Team, Token, User
from audit.models import Anchor, Event
from common.models import IdempotencyKey
from handover import moves
from handover.actions.models import Action
from handover.agreements.agreeing import ProposalAnswer, ProposalDraft
from handover.agreements.models import Agreement, AgreementLimit, AgreementVersion, RequiredInformation
from handover.catalog.models import HandoverPoint, Service, ServiceSystem, Step
from handover.checks.models import Check
from handover.due.models import Due
from handover.followups.models import FollowUp
from handover.handovers.brief import Answer, Decline, HandoverDraft, NothingToHandOver, Query, Seen, ShiftLeft
from handover.handovers.models import Item
from handover.imports.models import ImportedCase, ImportRun, LogEvent
from handover.notes.models import ShiftNote, ShiftNoteSeen, ShiftNoteVersion
from handover.notifications.models import Delivery, Notification
from handover.policies.models import Policy, PolicyAcknowledgement, PolicyAsked, PolicyHint, PolicyService, PolicyVersion
from handover.practice.models import Practice
from handover.procedure.models import ProcedureAcknowledgement
from handover.reports.models import ReportSignature, ShiftReport
from handover.shifts.absence_models import Absence
from handover.shifts.models import Rostering, Shift, ShiftPattern
from handover.shifts.pattern_models import PatternException, PatternWeek
from handover.shifts.swap_models import Swap
from reviews.sharing.models import RollupState, SharingCount, SharingDay, SourceCount, SourceTotals
from reviews.suggestions.models import Suggestion
from tests.breaking import change, twin
from tests.evidence_broken import BREAKS as OF_EVIDENCE
from tests.evidence_broken import make_evidence_rows
from tests.improvements_broken import BREAKS as OF_IMPROVEMENTS
from tests.improvements_broken import make_improvement_rows
from tests.observing_broken import BREAKS as OF_OBSERVATIONS
from tests.observing_broken import make_observation_rows
from tests.reviews_broken import BREAKS as OF_REVIEWS
from tests.reviews_broken import make_review_rows
from tests.stories import FOUR_PM, hours, make_accepted, make_action, make_agreement, make_colleague, make_offer, make_shift, make_team, minutes

pytestmark = [pytest.mark.django_db, pytest.mark.data]
PROJECT = {"accounts", "audit", "common", "handover", "reviews"}


NOW = timezone.now
BREAKS: dict[str, Callable[[], object]] = {
    "idempotency_key_once": twin(IdempotencyKey),
    "event_one_at_a_position": change(Event.objects, position=1, hash="y"),
    "event_position_and_hash_come_together": change(Event.objects.filter(position=None), position=0, hash="y"),
    "anchor_one_beginning": twin(Anchor, position=0),
    "team_name_unique": twin(Team, name="FRONT desk"),
    "job_role_unique_in_team": twin(JobRole, name="HOST"),
    "membership_one_current_per_team": twin(Membership),
    "token_expires_within_a_year": lambda: change(Token.objects, expires_at=NOW() + timedelta(days=400))(),
    "invitation_one_open_per_address": twin(Invitation, email="NEW@example.org", digest="other"),
    "user_email_unique": twin(User, email="ANA@example.org"),
    "user_imported_name_unique": lambda: [User.objects.create(kind="imported", source="log", display_name="Resolver 1") for _ in range(2)],
    "user_person_has_email": lambda: change(User.objects.filter(display_name="Ana"), email=None)(),
    "action_has_one_holder_or_none": change(Action.objects, state="held", responsible=None),
    "action_put_off_while_held": lambda: change(Action.objects.exclude(state="held"), put_off_until=FOUR_PM)(),
    "action_put_off_within_promise": change(Action.objects.filter(state="held"), put_off_until=models.F("promised_by") + timedelta(minutes=1)),
    "action_external_ref_once": lambda: change(Action.objects, external_ref="CRM-7")(),
    "service_unique_in_team": twin(Service, name="ROOM moves"),
    "service_adopted_once": lambda: Service.objects.bulk_create(Service(team=Team.objects.first(), name=name, starter="desk/moves") for name in "ab"),
    "service_system_one_place_each": lambda: ServiceSystem.objects.bulk_create(
        ServiceSystem(service=Service.objects.first(), position=1, name=name) for name in "ab"
    ),
    "service_system_links_to_the_web": lambda: ServiceSystem.objects.create(
        service=Service.objects.first(), position=1, name="Desk system", address="javascript:alert(1)"
    ),
    "practice_one_per_colleague_and_team": lambda: Practice.objects.bulk_create(
        Practice(team=Team.objects.first(), colleague=User.objects.filter(kind="person").first(), done_at=NOW()) for _ in range(2)
    ),
    "step_one_place_each": twin(Step),
    "handover_point_one_letter_each": twin(HandoverPoint),
    "agreement_one_per_point_and_time": twin(Agreement),
    "agreement_version_number_unique": twin(AgreementVersion, state="draft"),
    "agreement_one_version_in_force": twin(AgreementVersion, number=2),
    "agreement_one_proposal": lambda: [twin(AgreementVersion, number=number, state="proposed", in_force_at=None)() for number in (8, 9)],
    "proposal_answer_one_each": twin(ProposalAnswer),
    "proposal_answer_has_its_time": change(ProposalAnswer.objects, answer="", answered_at=FOUR_PM),
    "proposal_answer_says_why": change(ProposalAnswer.objects, answer="keep", words="", answered_at=FOUR_PM),
    "proposal_draft_one_each": twin(ProposalDraft),
    "agreement_check_minutes_given": change(AgreementVersion.objects, check_rule="after", check_minutes=None),
    "agreement_limit_one_per_urgency": twin(AgreementLimit),
    "required_information_one_place_each": twin(RequiredInformation),
    "check_one_unanswered_per_item": lambda: twin(Check, **{**UNANSWERED, "item": Item.objects.get(checks__state="set")})(),
    "check_answered_has_an_outcome": change(Check.objects, state="answered", outcome=""),
    "due_one_live_row_each": lambda: twin(Due, **{name: getattr(Due.objects.live().first(), name) for name in DUE})(),
    "due_fired_or_cancelled": change(Due.objects, fired_at=FOUR_PM, cancelled_at=FOUR_PM),
    "shift_ends_after_it_starts": change(Shift.objects, ends_at=models.F("starts_at")),
    "shift_pattern_holiday_hours": change(ShiftPattern.objects, on_holidays="other"),
    "pattern_week_once": twin(PatternWeek),
    "pattern_week_in_the_cycle": change(PatternWeek.objects, number=13),
    "pattern_exception_has_days": change(PatternException.objects, last_day=models.F("first_day") - timedelta(days=1)),
    "pattern_exception_has_both_times": change(PatternException.objects, starts=time(9)),
    "shift_once_per_pattern_and_day": lambda: [change(Shift.objects, pattern=ShiftPattern.objects.get())(), twin(Shift)()],
    "rostering_once": twin(Rostering),
    "rostering_away_says_why": change(Rostering.objects, away_from=FOUR_PM),
    "rostering_replaces_another": change(Rostering.objects, replaces=models.F("colleague")),
    "absence_ends_after_it_starts": change(Absence.objects, ends_at=models.F("starts_at")),
    "absence_stand_in_is_another": change(Absence.objects, stand_in=models.F("colleague")),
    "swap_one_open_per_shift": twin(Swap),
    "swap_with_another": change(Swap.objects, offered_to=models.F("offered_by")),
    "swap_two_shifts": change(Swap.objects, return_shift=models.F("shift")),
    "item_one_open_offer_per_action": lambda: change(Item.objects, state="offered", action=Action.objects.first())(),
    "item_to_a_colleague_or_a_shift": change(Item.objects, receiver=None, receiving_shift=None),
    "item_not_to_oneself": change(Item.objects, receiver=models.F("giver")),
    "item_accepted_by_somebody": change(Item.objects.filter(accepted_by=None), state="accepted"),
    "item_not_accepted_by_its_giver": change(Item.objects, accepted_by=models.F("giver")),
    "follow_up_one_owed_per_action": lambda: twin(FollowUp, check_answered=Check.objects.filter(followup=None).first())(),
    "follow_up_decided_says_how": change(FollowUp.objects, decided_at=FOUR_PM, decision=""),
    "follow_up_new_time_is_told": change(FollowUp.objects, decision="new_time", decided_at=FOUR_PM, new_time=FOUR_PM, customer_told=False),
    "answer_once_per_question": twin(Answer),
    "seen_once_per_colleague": twin(Seen),
    "query_one_open_per_item": twin(Query),
    "decline_once_per_colleague": twin(Decline),
    "nothing_to_hand_over_once": twin(NothingToHandOver),
    "shift_left_once": lambda: ShiftLeft.objects.bulk_create(left_shift() for _ in range(2)),
    "shift_left_unaccepted_has_a_reason": lambda: left_shift(unaccepted=1).save(),
    "draft_one_per_form": twin(HandoverDraft),
    "shift_note_named_shift_has_a_name": change(ShiftNote.objects, audience="named", shift_name=""),
    "shift_note_expires_after_it_begins": change(ShiftNote.objects, expires_at=models.F("at")),
    "shift_note_resolved_by_somebody": change(ShiftNote.objects, resolved_at=FOUR_PM, resolved_by=None),
    "shift_note_seen_once": twin(ShiftNoteSeen),
    "shift_note_version_once": twin(ShiftNoteVersion),
    "shift_report_has_a_digest": change(ShiftReport.objects, digest=""),
    "report_signed_once_by_each_side": lambda: twin(ReportSignature, by=User.objects.get(display_name="Ben"))(),
    "report_signed_by_two": twin(ReportSignature, side="incoming"),
    "report_signed_for_another_with_a_reason": lambda: change(ReportSignature.objects, on_behalf_of=User.objects.get(display_name="Ben"), reason="")(),
    "log_event_once": twin(LogEvent),
    "imported_case_once": twin(ImportedCase),
    "notification_once_per_occurrence": lambda: [change(Notification.objects.filter(pk__in=the_first()), due=Due.objects.first())(), twin(Notification)()],
    "policy_title_unique": twin(Policy, title="LEAST data"),
    "policy_version_number_unique": twin(PolicyVersion),
    "policy_one_draft": lambda: [twin(PolicyVersion, number=number, published_at=None, published_by=None)() for number in (2, 3)],
    "policy_published_by_somebody": change(PolicyVersion.objects, published_by=None),
    "policy_service_once": twin(PolicyService),
    "policy_hint_one_per_place": twin(PolicyHint),
    "policy_asked_once_per_team": twin(PolicyAsked),
    "policy_acknowledged_once": twin(PolicyAcknowledgement),
    "procedure_acknowledged_once": twin(ProcedureAcknowledgement),
    "delivery_once_per_channel": twin(Delivery, message_id="other"),
    "suggestion_answered_by_somebody": change(Suggestion.objects, decision="will_do"),
    "suggestion_about_a_page_of_ours": change(Suggestion.objects, about_path="//elsewhere.example/"),
    "sharing_count_once": twin(SharingCount),
    "sharing_day_once": twin(SharingDay),
    "rollup_state_one_row": lambda: RollupState.objects.create(one=False),
    "source_count_once": twin(SourceCount),
    "source_totals_once": twin(SourceTotals),
    **OF_REVIEWS,
    **OF_OBSERVATIONS,
    **OF_IMPROVEMENTS,
    **OF_EVIDENCE,
}


def propose_in(version: AgreementVersion, colleague: User) -> None:
    ProposalAnswer.objects.create(version=version, colleague=colleague, team=version.agreement.team, asked_at=FOUR_PM)
    ProposalDraft.objects.create(writer=colleague, point=version.agreement.point, saved_at=FOUR_PM)


def left_shift(**fields: Any) -> ShiftLeft:
    return ShiftLeft(shift=Shift.objects.first(), colleague=User.objects.filter(kind="person").first(), at=FOUR_PM, **fields)


UNANSWERED = {"state": "set", "outcome": "", "answered_at": None}
DUE = ("rule", "step", "subject_type", "subject_id", "person", "fired_at", "cancelled_at")


def the_first() -> list[int]:
    return [Notification.objects.first().pk]


@pytest.fixture
def life():
    """At least one row of everything."""
    team = make_team()
    ana, ben = make_colleague("Ana", team, role="host"), make_colleague("Ben", team)
    shift = make_shift(team, "Late", FOUR_PM - hours(1), FOUR_PM + hours(7), ana, ben)
    pattern = ShiftPattern.objects.create(team=team, name="Late", starts=time(15), ends=time(23), weekdays=[1], first_day=FOUR_PM.date())
    PatternWeek.objects.create(pattern=pattern, number=1, weekdays=[1])
    PatternException.objects.create(pattern=pattern, first_day=FOUR_PM.date(), last_day=FOUR_PM.date())
    version = make_agreement(team, must=("Who else knows?",))
    propose_in(version, ben)
    asked = version.required.get()
    queried = make_offer(ana, ben, action=make_action(ana, service=version.agreement.point.service), entry={"answers": {asked.pk: "Zofia"}})
    moves.see(item_id=queried.pk, by=ben, at=FOUR_PM)
    moves.query(item_id=queried.pk, by=ben, text="Which room?", at=FOUR_PM)
    moves.nothing_to_hand_over(shift_id=shift.pk, by=ben, at=make_action(ana, pool=True).created_at)
    declined, unable, _ = make_offer(ana, ben), make_accepted(ana, ben), make_accepted(ana, ben)
    moves.decline(item_id=declined.pk, by=ben, reason="No", at=FOUR_PM)
    moves.answer(check_id=unable.checks.get().pk, by=ben, outcome="unable", words="No key", at=FOUR_PM + minutes(20))
    note = ShiftNote.objects.create(team=team, text="Lift 2 is off", by=ana, at=FOUR_PM)
    ShiftNoteVersion.objects.create(note=note, number=1, text="Lift is off", by=ana, at=FOUR_PM)
    ShiftNoteSeen.objects.create(note=note, colleague=ben, at=FOUR_PM)
    report = ShiftReport.objects.create(shift=shift, team=team, content={}, salt="x", digest="x", fixed_at=FOUR_PM)
    ReportSignature.objects.create(report=report, side="outgoing", by=ana, at=FOUR_PM)
    HandoverDraft.objects.create(writer=ana, team=team, form="hand-over", saved_at=FOUR_PM)
    Delivery.objects.create(notification=Notification.objects.first(), address="ana@example.org", message_id="one", next_at=FOUR_PM)
    make_policy_rows(ana, version.agreement.point.service)
    robot = User.objects.create(kind="integration", display_name="Bot")
    integration = Integration.objects.create(team=team, user=robot, name="Bot")
    Token.objects.create(integration=integration, digest="one", hint="b", scopes=["read"], expires_at=NOW() + timedelta(days=9))
    Invitation.objects.create(team=team, email="new@example.org", display_name="New", digest="one", invited_by=ana, expires_at=NOW())
    IdempotencyKey.objects.create(principal=1, route="/", key="k", body_sha256=b"", status=200, body=b"", content_type="x")
    run = ImportRun.objects.create(source="log", file_name="f", file_sha256="x", format="neutral", zone="UTC", started_at=FOUR_PM)
    ImportedCase.objects.create(source="log", case="1", run=run)
    LogEvent.objects.create(source="log", case="1", source_row=1, at=FOUR_PM, local_offset=0)
    Anchor.objects.create(position=0, hash="x", count=0)
    Absence.objects.create(team=team, colleague=ben, starts_at=FOUR_PM + hours(90), told_by=ben, told_at=FOUR_PM)
    Swap.objects.create(team=team, offered_by=ana, offered_to=ben, shift=shift, offered_at=FOUR_PM, ends_at=FOUR_PM)
    make_looking_back_rows(ana, team)
    return pattern


def make_looking_back_rows(by: User, team: Team) -> None:
    Suggestion.objects.create(team=team, author=by, words="Ask for the room first", created_at=FOUR_PM)
    SharingCount.objects.create(team=team, day=FOUR_PM.date(), when="in_shift", name="slot", numerator=1, denominator=1)
    SharingDay.objects.create(team=team, day=FOUR_PM.date(), when="in_shift")
    SourceCount.objects.create(source="log", lens="owner", rule="adjacent", without=False, a="A", b="B", n=1)
    SourceTotals.objects.create(source="log", lens="owner", without=False, counted_at=FOUR_PM)
    make_review_rows(by, team)
    make_observation_rows(by, team)
    make_improvement_rows(by, team)
    make_evidence_rows(by)


def make_policy_rows(by: User, service: Service) -> None:
    policy = Policy.objects.create(kind="law", title="Least data", kept_by="Ana", created_at=FOUR_PM)
    dates = {"written_at": FOUR_PM, "published_at": FOUR_PM, "in_force_from": FOUR_PM.date()}
    version = PolicyVersion.objects.create(policy=policy, number=1, written_by=by, published_by=by, body="Write no more than is needed.", **dates)
    PolicyService.objects.create(policy=policy, service=service)
    PolicyHint.objects.create(policy=policy, place="customer", sentence="A name and a room are enough.")
    PolicyAsked.objects.create(version=version, team=service.team, at=FOUR_PM)
    PolicyAcknowledgement.objects.create(version=version, colleague=by, at=FOUR_PM)
    ProcedureAcknowledgement.objects.create(team=service.team, colleague=by, fingerprint="0" * 64, at=FOUR_PM)


def named() -> set[str]:
    return {each.name for model in apps.get_models() if model._meta.app_label in PROJECT for each in model._meta.constraints}


def test_every_constraint_has_a_row_that_it_refuses():
    assert set(BREAKS) == named()


def refused_by(breaks: Callable[[], object]) -> str:
    """The name of the constraint that refused it; else what happened."""
    try:
        with transaction.atomic():
            breaks()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(getattr(error.__cause__.diag, "constraint_name", "") or error)
    return "nothing refused it"


def test_the_database_refuses_every_one_of_them(life):
    assert {name: refused_by(breaks) for name, breaks in BREAKS.items()} == {name: name for name in BREAKS}
