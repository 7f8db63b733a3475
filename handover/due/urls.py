from django.urls import path

from handover.due import views

app_name = "due"
urlpatterns = [path("healthz/engine", views.engine, name="engine")]
