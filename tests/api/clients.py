"""Clients of the REST API for tests: a person in a session, and an integration with a real token."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts import operations as accounts
from accounts.models import Integration, Team, User

API = "/api/v1"


class ApiClient(Client):
    """Sends and reads JSON; ``post("/items/IT-1/accept/", read_back="…")``."""

    def __init__(self, **headers: str) -> None:
        super().__init__(headers=headers or None, raise_request_exception=True)

    def send(self, path: str, body: Any = None, *, method: str = "post", **headers: str) -> Any:
        address = path if path.startswith(("/api/", "http")) else f"{API}{path}"
        sent = {"data": body, "content_type": "application/json"} if body is not None else {}
        return getattr(super(), method)(address, headers={name.replace("_", "-"): value for name, value in headers.items()} or None, **sent)

    def read(self, path: str, **headers: str) -> Any:
        return self.send(path, method="get", **headers)

    def do(self, path: str, **body: Any) -> Any:
        """A POST that must succeed; what it answers."""
        response = self.send(path, body)
        assert response.status_code in (200, 201), (response.status_code, response.content)
        return response.json()


def signed_in(user: User) -> ApiClient:
    client = ApiClient()
    client.force_login(user)
    return client


def make_integration(team: Team, name: str = "Booking system") -> Integration:
    return accounts.make_integration(team_id=team.pk, name=name, by=None, at=timezone.now())


def make_token(integration: Integration, scopes: Iterable[str] = ("read", "write", "offer")) -> str:
    at = timezone.now()
    return accounts.issue_token(integration_id=integration.pk, scopes=scopes, expires_at=at + timedelta(days=30), by=None, at=at)


def with_token(integration: Integration, scopes: Iterable[str] = ("read", "write", "offer")) -> ApiClient:
    return ApiClient(Authorization=f"Bearer {make_token(integration, scopes)}")
