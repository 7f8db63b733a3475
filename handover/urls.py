"""Every page of the domain, by concept."""

from django.urls import include, path

urlpatterns = [
    path("actions/", include("handover.actions.urls")),
    path("services/", include("handover.catalog.urls")),
    path("practice/", include("handover.practice.urls")),
    path("starter-sets/", include("handover.starters.urls")),
    path("agreements/", include("handover.agreements.urls")),
    path("how-we-hand-over/", include("handover.procedure.urls")),
    path("policies/", include("handover.policies.urls")),
    path("rota/", include("handover.shifts.urls")),
    path("notes/", include("handover.notes.urls")),
    path("shifts/", include("handover.reports.urls")),
    path("checks/", include("handover.checks.urls")),
    path("leaving/", include("handover.leaving.urls")),
    path("", include("handover.shifts.who_urls")),
    path("", include("handover.handovers.urls")),
    path("", include("handover.board.urls")),
]
