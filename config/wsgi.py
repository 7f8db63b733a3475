"""The web process's way in."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Where BATON_URL says https, the proxy in front has ended TLS and every request that reaches us came through it."""
    if settings.SECURE:
        environ["wsgi.url_scheme"] = "https"
    return pages(environ, start_response)
