from django.urls import path

from handover.handovers import handing_views, page_views, receive_views

app_name = "handovers"
urlpatterns = [
    path("handovers/new/", handing_views.hand_over, name="hand-over"),
    path("handovers/draft/", handing_views.draft, name="draft"),
    path("handovers/<str:ref>/", page_views.page, name="handover"),
    path("handovers/<str:ref>/answer/", receive_views.answer_all, name="answer-all"),
    path("handovers/<str:ref>/withdraw/", handing_views.withdraw_all, name="withdraw-all"),
    path("items/<str:ref>/<slug:verb>/", page_views.press, name="press"),
    path("receive/<str:ref>/", receive_views.receive, name="receive"),
    path("receive/<str:ref>/seen/", receive_views.seen, name="seen"),
    path("receive/<str:ref>/ask/", receive_views.ask, name="ask"),
    path("receive/<str:ref>/undo/", receive_views.undo_decline, name="undo-decline"),
]
