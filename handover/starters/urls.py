from django.urls import path

from handover.starters import views

app_name = "starters"
urlpatterns = [
    path("", views.sets, name="sets"),
    path("<slug:key>/", views.one, name="set"),
]
