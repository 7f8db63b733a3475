from django.urls import path

from handover.actions import views

app_name = "actions"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("mine.csv", views.own_file, name="own-file"),
    path("<str:ref>/", views.page, name="action"),
    path("<str:ref>/edit/", views.edit, name="edit"),
    path("<str:ref>/reassign/", views.reassign, name="reassign"),
    path("<str:ref>/<slug:verb>/", views.press, name="press"),
]
