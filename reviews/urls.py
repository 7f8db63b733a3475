"""Every page of looking back, by concept."""

from django.urls import include, path

urlpatterns = [
    path("evidence/", include("reviews.evidence.urls")),
    path("improvements/", include("reviews.improvements.urls")),
    path("observations/", include("reviews.observing.urls")),
    path("reviews/", include("reviews.reviewing.urls")),
    path("sharing/", include("reviews.sharing.urls")),
    path("suggestions/", include("reviews.suggestions.urls")),
]
