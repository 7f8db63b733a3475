from django.urls import path

from handover.board import board_views, brief_views, shift_views, views, wall_views

app_name = "board"
urlpatterns = [
    path("", views.my_shift, name="my-shift"),
    path("brief/", brief_views.show, name="brief"),
    path("receive/", views.receive, name="receive"),
    path("watch-list/", views.watch_list, name="watch-list"),
    path("board/", board_views.board, name="board"),
    path("wall/<str:secret>/", wall_views.wall, name="wall"),
    path("settings/walls/", wall_views.links, name="wall-links"),
    path("settings/walls/<int:pk>/revoke/", wall_views.revoke, name="revoke-wall-link"),
    path("search/", board_views.search, name="search"),
    path("shifts/<str:ref>/nothing/", views.nothing, name="nothing"),
    path("shifts/<str:ref>/leave/", shift_views.leave, name="leave"),
    path("shifts/<str:ref>/handover/", shift_views.whole, name="whole-handover"),
    path("shifts/<str:ref>/handover/remind/<int:pk>/", shift_views.remind, name="remind-colleague"),
]
