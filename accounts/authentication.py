"""How a machine shows who it is on the REST API, and what its token lets it do."""

from typing import Any

from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.keys import TOKEN_PREFIX, digest_of
from accounts.models import Scope, Token, User
from accounts.operations import note_use
from accounts.tokens import usable_token

NOT_VALID = "This token is not known, was revoked or has run out."


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer hdv_…``, looked up by its digest in one query; never taken from the address."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        at = timezone.now()
        token = self.find(words[1:], at)
        if token is None:
            raise AuthenticationFailed(NOT_VALID)
        note_use(token, at=at)
        integration = token.integration
        user = integration.user
        user.keep_levels({integration.team_id: "member"})
        request._request.team = integration.team
        request._request.membership = None
        return user, token

    def find(self, words: list[bytes], at: Any) -> Token | None:
        text = words[0].decode("latin-1") if len(words) == 1 else ""
        return usable_token(digest_of(text), at) if text.startswith(TOKEN_PREFIX) else None

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Baton API"'


class HasScope(BasePermission):
    """A token needs the scope of what it asks for; a person's rights are a matter of the domain.

    Reading needs *read* and everything else *write*, unless the view, or one operation of it, names another in
    ``required_scope``: ``@action(..., required_scope="offer")`` on a view set that has ``required_scope = None``.
    """

    message = "This token may not do this."

    def has_permission(self, request: Request, view: Any) -> bool:
        if not (request.user and request.user.is_authenticated):
            return False
        if not isinstance(request.auth, Token):
            return bool(request.user.is_person)
        needed = scope_for(request.method or "", getattr(view, "required_scope", None))
        self.message = f"This token lacks the scope “{needed}”."
        return needed in request.auth.scopes


def scope_for(method: str, required: str | None) -> str:
    return str(required or (Scope.READ if method in SAFE_METHODS else Scope.WRITE))


class TokenScheme(OpenApiAuthenticationExtension):
    """How the API's document describes it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "hdv_…",
            "description": "The token of an integration, made by an administrator under Settings, Integrations.",
        }
