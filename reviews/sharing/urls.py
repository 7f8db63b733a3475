from django.urls import path

from reviews.sharing import source_views, views

app_name = "sharing"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("charts/", views.charts, name="charts"),
    path("handovers/", views.handovers, name="handovers"),
    path("open/", views.still_open, name="open"),
    path("tables/<str:name>.csv", views.table, name="table"),
    path("sources/", source_views.sources, name="sources"),
    path("sources/<str:source>/", source_views.source, name="source"),
    path("sources/<str:source>/pairs.csv", source_views.pairs_file, name="source-pairs"),
]
