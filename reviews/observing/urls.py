from django.urls import path

from reviews.observing import views

app_name = "observing"
urlpatterns = [
    path("", views.observations, name="all"),
    path("<str:ref>/", views.observation, name="one"),
    path("<str:ref>/observe/", views.observe, name="observe"),
    path("<str:ref>/comment/", views.comment, name="comment"),
    path("<str:ref>/set-aside/", views.set_aside, name="set-aside"),
]
