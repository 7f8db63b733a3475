from django.urls import path

from handover.shifts import views

app_name = "shifts"
urlpatterns = [
    path("", views.rota, name="rota"),
    path("patterns/new/", views.new_pattern, name="new-pattern"),
    path("patterns/<int:pk>/", views.pattern, name="pattern"),
    path("patterns/<int:pk>/end/", views.end_pattern, name="end-pattern"),
    path("shifts/<str:ref>/", views.shift, name="shift"),
]
