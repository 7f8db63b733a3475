"""Pages about evidence."""

from django.urls import path

from reviews.evidence import link_views, team_views, views

app_name = "evidence"
urlpatterns = [
    path("", views.evidence, name="mine"),
    path("off/", views.off, name="off"),
    path("pick-newest/", views.pick_newest, name="pick-newest"),
    path("evidence.pdf", views.pdf, name="pdf"),
    path("evidence.json", views.as_json, name="json"),
    path("links/", link_views.links, name="links"),
    path("links/<int:pk>/revoke/", link_views.revoke, name="revoke"),
    path("team/", team_views.team, name="team"),
    path("for/<str:secret>/", link_views.read, name="for"),
    path("for/<str:secret>/evidence.pdf", link_views.read_pdf, name="for-pdf"),
    path("<str:criterion>/", views.criterion, name="criterion"),
    path("<str:criterion>/words/", views.write, name="write"),
    path("<str:criterion>/<int:event>/pick/", views.pick, name="pick"),
    path("<str:criterion>/<int:event>/drop/", views.drop, name="drop"),
]
