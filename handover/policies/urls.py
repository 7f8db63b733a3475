from django.urls import path

from handover.policies import views, writing_views

app_name = "policies"
urlpatterns = [
    path("", views.index, name="policies"),
    path("new/", writing_views.new, name="new"),
    path("<str:ref>/", views.policy, name="policy"),
    path("<str:ref>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("<str:ref>/edit/", writing_views.edit, name="edit"),
    path("<str:ref>/version/", writing_views.version, name="version"),
    path("<str:ref>/publish/", writing_views.publish, name="publish"),
    path("<str:ref>/end/", writing_views.end, name="end"),
]
