"""Every address of the product, by concept."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("config.api_urls")),  # first: machines ask most often
    path("", include("common.urls")),
    path("", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    path("", include("handover.due.urls")),
    path("", include("handover.notifications.urls")),
    path("", include("reviews.urls")),
    path("", include("handover.urls")),
]
handler400 = "common.views.bad_request"
handler403 = "common.views.forbidden"
handler404 = "common.views.not_found"
handler500 = "common.views.server_error"
