from django.urls import path

from reviews.suggestions import views

app_name = "suggestions"
urlpatterns = [
    path("", views.suggestions, name="all"),
    path("new/", views.new, name="new"),
    path("<str:ref>/", views.suggestion, name="one"),
    path("<str:ref>/discuss/", views.discuss, name="discuss"),
    path("<str:ref>/answer/", views.answer, name="answer"),
]
