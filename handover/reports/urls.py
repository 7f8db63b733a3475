from django.urls import path

from handover.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.shifts, name="shifts"),
    path("report/", views.current, name="current"),
    path("<str:ref>/report/", views.report, name="report"),
    path("<str:ref>/report/sign/", views.sign, name="sign"),
    path("<str:ref>/report/add/", views.add, name="add"),
    path("<str:ref>/report/printed/", views.printed, name="printed"),
    path("<str:ref>/report.pdf", views.pdf, name="pdf"),
]
