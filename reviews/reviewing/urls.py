from django.urls import path

from reviews.reviewing import minutes_views, setting_views, views

app_name = "reviewing"
urlpatterns = [
    path("", views.reviews, name="all"),
    path("start/", views.start, name="start"),
    path("cycles/", setting_views.cycles, name="cycles"),
    path("cycles/new/", setting_views.new_cycle, name="new-cycle"),
    path("cycles/<int:cycle>/", setting_views.cycle, name="cycle"),
    path("forms/<int:form>/", setting_views.form, name="form"),
    path("forms/<int:form>/copy/", setting_views.copy, name="copy-form"),
    path("<str:ref>/", views.review, name="one"),
    path("<str:ref>/minutes.pdf", minutes_views.minutes, name="minutes"),
    path("<str:ref>/draft/", views.draft, name="draft"),
    path("<str:ref>/remark/", views.remark, name="remark"),
    path("<str:ref>/remarks/<int:participant>/answer/", views.answer_remark, name="answer-remark"),
    path("<str:ref>/conclude/", views.conclude, name="conclude"),
]
