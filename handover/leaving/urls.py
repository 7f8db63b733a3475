from django.urls import path

from handover.leaving import views

app_name = "leaving"
urlpatterns = [
    path("now/", views.now, name="now"),
    path("people/<int:pk>/", views.person, name="person"),
    path("<int:pk>/", views.team, name="team"),
    path("<int:pk>/now/", views.home, name="home"),
]
