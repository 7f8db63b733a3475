from django.urls import path

from handover.board import board_views, views

app_name = "board"
urlpatterns = [
    path("", views.my_shift, name="my-shift"),
    path("receive/", views.receive, name="receive"),
    path("watch-list/", views.watch_list, name="watch-list"),
    path("board/", board_views.board, name="board"),
    path("search/", board_views.search, name="search"),
    path("shifts/<str:ref>/nothing/", views.nothing, name="nothing"),
]
