"""Who may be signed in at all."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from accounts.demo_signins import DEMO_PASSWORD, demo_is_open
from accounts.models import User


class PeopleBackend(AuthenticationBackend):
    """Sign-in by e-mail and password for active persons; nobody else is let in, and nobody is told why."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        if credentials.get("password") == DEMO_PASSWORD and not demo_is_open(request):
            self._mitigate_timing_attack(DEMO_PASSWORD)
            return None
        return super().authenticate(request, **credentials)

    def user_can_authenticate(self, user: User) -> bool:
        return user.is_person and user.is_active

    def get_user(self, user_id: int) -> User | None:
        """With their choices, which every page needs, in the same query. Gone at once when deactivated."""
        user = User.objects.select_related("preference").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        return self._check_password(User.objects.with_email(email).first(), password)

    def _check_password(self, user: User | None, password: str) -> User | None:
        """As allauth's, but one who may not sign in is answered like a wrong password, not sent to a page that tells."""
        if user is None:
            return None
        self._did_check_password = True
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
