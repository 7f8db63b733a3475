"""The REST API's router: every concept's edge registers its view set here."""

from rest_framework.routers import SimpleRouter

router = SimpleRouter()

urlpatterns = router.urls
