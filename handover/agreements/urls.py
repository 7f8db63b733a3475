from django.urls import path

from handover.agreements import proposal_views, propose_views, views

app_name = "agreements"
urlpatterns = [
    path("new/<int:point>/", propose_views.new, name="new"),
    path("new/<int:point>/draft/", propose_views.draft_of_new, name="new-draft"),
    path("<str:ref>/", views.page, name="agreement"),
    path("<str:ref>/compare/", views.compare, name="compare"),
    path("<str:ref>/review/", views.review, name="review"),
    path("<str:ref>/change/", propose_views.change, name="change"),
    path("<str:ref>/change/draft/", propose_views.draft_of_change, name="change-draft"),
    path("<str:ref>/proposals/<int:number>/", proposal_views.proposal, name="proposal"),
    path("<str:ref>/proposals/<int:number>/change/", propose_views.revise, name="revise"),
    path("<str:ref>/proposals/<int:number>/answer/", proposal_views.act, {"verb": "answer"}, name="answer"),
    path("<str:ref>/proposals/<int:number>/comment/", proposal_views.act, {"verb": "comment"}, name="comment"),
    path("<str:ref>/proposals/<int:number>/decide/", proposal_views.act, {"verb": "decide"}, name="decide"),
    path("<str:ref>/proposals/<int:number>/withdraw/", proposal_views.act, {"verb": "withdraw"}, name="withdraw"),
]
