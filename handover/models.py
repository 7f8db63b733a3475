"""Every model of the domain, so that Django finds them; each lives with its concept."""

from handover.actions.models import Action, Contact, Note
from handover.agreements.agreeing import ProposalAnswer, ProposalComment, ProposalDraft
from handover.agreements.models import (
    Agreement,
    AgreementLimit,
    AgreementVersion,
    RequiredInformation,
)
from handover.board.models import WallLink
from handover.catalog.models import HandoverPoint, Service, ServiceSystem, Step
from handover.checks.models import Check
from handover.due.models import Due
from handover.followups.models import FollowUp
from handover.handovers.brief import (
    Answer,
    Brief,
    Decline,
    HandoverDraft,
    NothingToHandOver,
    Query,
    Seen,
    ShiftLeft,
)
from handover.handovers.models import Handover, Item
from handover.imports.models import ImportedCase, ImportRun, LogEvent
from handover.notes.models import ShiftNote, ShiftNoteSeen, ShiftNoteVersion
from handover.notifications.models import Delivery, Notification
from handover.policies.models import Policy, PolicyAcknowledgement, PolicyAsked, PolicyHint, PolicyService, PolicyVersion
from handover.practice.models import Practice
from handover.procedure.models import ProcedureAcknowledgement
from handover.reports.models import ReportAddendum, ReportSignature, ShiftReport
from handover.shifts.absence_models import Absence
from handover.shifts.feed_models import Feed
from handover.shifts.models import Rostering, Shift, ShiftPattern
from handover.shifts.pattern_models import HolidayPlace, PatternException, PatternWeek
from handover.shifts.swap_models import Swap, SwapRule

__all__ = [
    "Absence",
    "Action",
    "Agreement",
    "AgreementLimit",
    "AgreementVersion",
    "Answer",
    "Brief",
    "Check",
    "Contact",
    "Decline",
    "Delivery",
    "Due",
    "Feed",
    "FollowUp",
    "Handover",
    "HandoverDraft",
    "HandoverPoint",
    "HolidayPlace",
    "ImportRun",
    "ImportedCase",
    "Item",
    "LogEvent",
    "Note",
    "NothingToHandOver",
    "Notification",
    "PatternException",
    "PatternWeek",
    "Policy",
    "PolicyAcknowledgement",
    "PolicyAsked",
    "PolicyHint",
    "PolicyService",
    "PolicyVersion",
    "Practice",
    "ProcedureAcknowledgement",
    "ProposalAnswer",
    "ProposalComment",
    "ProposalDraft",
    "Query",
    "ReportAddendum",
    "ReportSignature",
    "RequiredInformation",
    "Rostering",
    "Seen",
    "Service",
    "ServiceSystem",
    "Shift",
    "ShiftLeft",
    "ShiftNote",
    "ShiftNoteSeen",
    "ShiftNoteVersion",
    "ShiftPattern",
    "ShiftReport",
    "Step",
    "Swap",
    "SwapRule",
    "WallLink",
]
