from django.urls import path

from handover.notes import views

app_name = "notes"
urlpatterns = [
    path("", views.notes, name="list"),
    path("new/", views.new, name="new"),
    path("seen/", views.seen, name="seen"),
    path("<str:ref>/", views.note, name="note"),
    path("<str:ref>/change/", views.change, name="change"),
    path("<str:ref>/resolve/", views.resolve, name="resolve"),
]
