from django.urls import include, path
from rest_framework.routers import SimpleRouter

from bench.floor.views import Actions, ActionsPage

router = SimpleRouter()
router.register("actions", Actions)
urlpatterns = [
    path("api/", include(router.urls)),
    path("teams/<int:team>/actions/", ActionsPage.as_view(), name="actions"),
    path("teams/<int:team>/actions/<str:ref>/", ActionsPage.as_view(), name="action"),
]
