from django.urls import path

from handover.checks import views

app_name = "checks"
urlpatterns = [
    path("<str:ref>/", views.page, name="check"),
    path("<str:ref>/ask/", views.ask, name="ask"),
    path("<str:ref>/answer/", views.answer, name="answer"),
    path("<str:ref>/decide/", views.decide, name="decide"),
]
