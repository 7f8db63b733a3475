from django.urls import path

from handover.catalog import views

app_name = "catalog"
urlpatterns = [
    path("", views.service_map, name="services"),
    path("new/", views.new, name="new"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/mark/", views.mark, name="mark"),
]
