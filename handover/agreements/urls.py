from django.urls import path

from handover.agreements import views

app_name = "agreements"
urlpatterns = [
    path("new/<int:point>/", views.new, name="new"),
    path("<str:ref>/", views.page, name="agreement"),
    path("<str:ref>/change/", views.change, name="change"),
]
