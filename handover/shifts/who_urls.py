from django.urls import path

from handover.shifts import absence_views, cover_views, feed_views, now_views, swap_views

app_name = "who"
urlpatterns = [
    path("rota/now/", now_views.now, name="now"),
    path("rota/mine/", now_views.mine, name="mine"),
    path("rota/absences/", absence_views.absences, name="absences"),
    path("rota/absences/new/", absence_views.new, name="new-absence"),
    path("rota/absences/<str:ref>/", absence_views.absence, name="absence"),
    path("rota/absences/<str:ref>/end/", absence_views.end, name="end-absence"),
    path("rota/swaps/", swap_views.swaps, name="swaps"),
    path("rota/swaps/new/", swap_views.new, name="new-swap"),
    path("rota/swaps/rule/", swap_views.rule, name="swap-rule"),
    path("rota/swaps/<str:ref>/", swap_views.swap, name="swap"),
    path("rota/swaps/<str:ref>/answer/", swap_views.answer, name="answer-swap"),
    path("rota/swaps/<str:ref>/decide/", swap_views.decide, name="decide-swap"),
    path("rota/swaps/<str:ref>/withdraw/", swap_views.withdraw, name="withdraw-swap"),
    path("rota/shifts/<str:ref>/cover/", cover_views.cover, name="cover"),
    path("settings/feeds/", feed_views.feeds, name="feeds"),
    path("settings/feeds/<int:pk>/revoke/", feed_views.revoke, name="revoke-feed"),
    path("feeds/<str:secret>.ics", feed_views.feed, name="feed"),
]
