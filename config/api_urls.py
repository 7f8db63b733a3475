"""The REST API's router: every concept's edge registers its view set here."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from accounts.api import MeView, TeamViewSet
from config import api_docs
from handover.actions.api.views import ActionViewSet
from handover.agreements.api import AgreementViewSet
from handover.board.api import BriefViewSet
from handover.catalog.api import ServiceViewSet
from handover.checks.api import CheckViewSet
from handover.followups.api import FollowUpViewSet
from handover.handovers.api.views import HandoverViewSet, ItemViewSet
from handover.leaving.api import MembershipViewSet
from handover.notes.api import ShiftNoteViewSet
from handover.notifications.api import NotificationViewSet
from handover.policies.api import PolicyViewSet
from handover.procedure.api import ProcedureViewSet
from handover.reports.api import ReportViewSet
from handover.shifts.api import ShiftViewSet
from handover.shifts.rota_api import PatternViewSet, RotaViewSet
from handover.shifts.who_api import AbsenceViewSet, OnDutyView, SwapViewSet
from handover.starters.api import StarterSetViewSet
from reviews.evidence.api import EvidenceView
from reviews.improvements.api import ImprovementViewSet
from reviews.observing.api import ObservationViewSet
from reviews.reviewing.api import ReviewViewSet
from reviews.sharing.api import SharingView
from reviews.suggestions.api import SuggestionViewSet

router = SimpleRouter()  # what is asked for most comes first
router.register("actions", ActionViewSet, "actions")
router.register("items", ItemViewSet, "items")
router.register("handovers", HandoverViewSet, "handovers")
router.register("checks", CheckViewSet, "checks")
router.register("follow-ups", FollowUpViewSet, "followups")
router.register("notifications", NotificationViewSet, "notifications")
router.register("teams", TeamViewSet, "teams")
router.register("memberships", MembershipViewSet, "memberships")
router.register("services", ServiceViewSet, "services")
router.register("starter-sets", StarterSetViewSet, "starters")
router.register("agreements", AgreementViewSet, "agreements")
router.register("policies", PolicyViewSet, "policies")
router.register("procedures", ProcedureViewSet, "procedures")
router.register("shifts", ShiftViewSet, "shifts")
router.register("absences", AbsenceViewSet, "absences")
router.register("swaps", SwapViewSet, "swaps")
router.register("shift-patterns", PatternViewSet, "shift-patterns")
router.register("rota", RotaViewSet, "rota")
router.register("shift-notes", ShiftNoteViewSet, "shift-notes")
router.register("shift-reports", ReportViewSet, "shift-reports")
router.register("brief", BriefViewSet, "brief")
router.register("improvements", ImprovementViewSet, "improvements")
router.register("observations", ObservationViewSet, "observations")
router.register("reviews", ReviewViewSet, "reviews")
router.register("suggestions", SuggestionViewSet, "suggestions")

version_1 = [
    path("me/", MeView.as_view(), name="me"),
    path("evidence/", EvidenceView.as_view(), name="evidence"),
    path("sharing/", SharingView.as_view(), name="sharing"),
    path("on-duty/", OnDutyView.as_view(), name="on-duty"),
    path("schema/", api_docs.schema, name="schema"),
    *router.urls,
]
urlpatterns = [
    path("v1/", include((version_1, "api"))),
    path("docs/", api_docs.docs, name="api-docs"),
]
