from django.urls import path

from handover.practice import views

app_name = "practice"
urlpatterns = [
    path("", views.practice, name="practice"),
    path("colleagues/", views.colleagues, name="colleagues"),
]
