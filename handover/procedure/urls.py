from django.urls import path

from handover.procedure import views

app_name = "procedure"
urlpatterns = [
    path("", views.page, name="how"),
    path("acknowledge/", views.acknowledge, name="acknowledge"),
    path("my-part/", views.my_part, name="my-part"),
]
