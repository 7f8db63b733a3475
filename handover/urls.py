"""Every page of the domain, by concept."""

from django.urls import include, path

urlpatterns = [
    path("actions/", include("handover.actions.urls")),
    path("checks/", include("handover.checks.urls")),
    path("", include("handover.handovers.urls")),
    path("", include("handover.board.urls")),
]
