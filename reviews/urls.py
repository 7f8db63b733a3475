"""Every page of looking back, by concept."""

from django.urls import include, path

urlpatterns = [
    path("suggestions/", include("reviews.suggestions.urls")),
]
