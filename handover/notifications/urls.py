from django.urls import path

from handover.notifications import views

app_name = "notifications"
urlpatterns = [
    path("notifications/", views.notifications, name="list"),
    path("notifications/read/", views.read_all, name="read-all"),
    path("notifications/<int:pk>/read/", views.read, name="read"),
    path("notifications/<int:pk>/snooze/", views.snooze, name="snooze"),
    path("settings/reminders/", views.reminders, name="reminders"),
]
