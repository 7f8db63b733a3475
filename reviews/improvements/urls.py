from django.urls import path

from reviews.improvements import proposing_views, views

app_name = "improvements"
urlpatterns = [
    path("", views.improvements, name="all"),
    path("new/", proposing_views.new, name="new"),
    path("<str:ref>/", views.improvement, name="one"),
    path("<str:ref>/change/", proposing_views.rewrite, name="change"),
    *(path(f"<str:ref>/{verb}/", views.act, {"verb": verb}, name=verb) for verb in views.MOVES),
]
