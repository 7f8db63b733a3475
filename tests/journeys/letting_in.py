"""Lets a person into a browser without the sign-in page, for stories that begin behind it."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User


def let_in(page: Page, person: User, address: str, live_server) -> None:
    client = Client()
    client.force_login(person)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": live_server.url}])
    page.goto(address)
