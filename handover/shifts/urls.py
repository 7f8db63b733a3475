from django.urls import path

from handover.shifts import import_views, pattern_views, views, week_views

app_name = "shifts"
urlpatterns = [
    path("", views.rota, name="rota"),
    path("import/", import_views.import_rota, name="import"),
    path("import/rota.csv", import_views.template, name="import-template"),
    path("week/", week_views.week_page, name="week"),
    path("holidays/", pattern_views.holidays, name="holidays"),
    path("patterns/new/", pattern_views.new_pattern, name="new-pattern"),
    path("patterns/<int:pk>/", pattern_views.pattern, name="pattern"),
    path("patterns/<int:pk>/end/", pattern_views.end_pattern, name="end-pattern"),
    path("patterns/<int:pk>/exceptions/", pattern_views.exceptions, name="exceptions"),
    path("exceptions/<int:pk>/remove/", pattern_views.remove_exception, name="remove-exception"),
    path("shifts/new/", week_views.new_shift, name="new-shift"),
    path("shifts/<str:ref>/times/", week_views.times, name="times"),
    path("shifts/<str:ref>/drop/", week_views.drop, name="drop-shift"),
    path("shifts/<str:ref>/", views.shift, name="shift"),
]
