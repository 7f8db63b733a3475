"""Typed readers of environment variables: what is missing or misspelt stops the start with one sentence.

``NAME_FILE=/path`` is read in place of ``NAME`` everywhere, which is how secrets are usually handed to a process.
"""

import os
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

REQUIRED = object()
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


def text(name: str, default: object = REQUIRED, *, hint: str = "") -> str:
    """The variable without surrounding spaces. An empty one counts as not set."""
    value = _from_file(name) or os.environ.get(name, "").strip()
    if value:
        return value
    if default is REQUIRED:
        raise ImproperlyConfigured(f"{name} is not set. {hint}".strip())
    return str(default)


def flag(name: str, default: bool) -> bool:
    value = text(name, "").lower()
    if not value:
        return default
    if value in YES | NO:
        return value in YES
    raise ImproperlyConfigured(f"{name} should be 1 or 0, not “{value}”.")


def whole(name: str, default: int, *, least: int = 0, most: int = 2**31 - 1) -> int:
    """A whole number from ``least`` to ``most``, both included."""
    value = text(name, str(default))
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} should be a whole number, not “{value}”.") from None
    if not least <= number <= most:
        raise ImproperlyConfigured(f"{name} should be from {least} to {most}, not {number}.")
    return number


def words(name: str, default: str = "") -> list[str]:
    """A list with commas between its parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def path(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).expanduser().resolve()


def url(name: str, default: object = REQUIRED, *, schemes: tuple[str, ...], hint: str = "") -> SplitResult:
    """An address whose scheme is one of ``schemes``, taken apart."""
    value = text(name, default, hint=hint)
    try:
        parts = urlsplit(value)
        _ = parts.port  # a port that is no number is found here
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}.") from None
    if parts.scheme not in schemes:
        raise ImproperlyConfigured(f"{name} should begin with {' or '.join(s + ':' for s in schemes)}; it begins with “{value.split(':')[0][:20]}”.")
    return parts


def _from_file(name: str) -> str:
    place = os.environ.get(f"{name}_FILE", "").strip()
    if not place:
        return ""
    try:
        return Path(place).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}: {place}") from None


def mail_settings(mail: SplitResult) -> dict[str, object]:
    """Django's EMAIL_ settings from ``smtp://name:word@host:587?tls=starttls``, ``smtps://…``, ``file:///folder`` or ``console:``."""
    if mail.scheme == "file":
        return {"EMAIL_FILE_PATH": unquote(mail.path)}
    if mail.scheme == "console":
        return {}
    tls = dict(parse_qsl(mail.query)).get("tls", "")
    if tls not in {"", "starttls", "none"}:
        raise ImproperlyConfigured(f"EMAIL_URL: tls should be starttls or none, not “{tls}”.")
    if not mail.hostname:
        raise ImproperlyConfigured("EMAIL_URL names no host: smtp://name:word@host:587?tls=starttls")
    implicit = mail.scheme == "smtps"
    return {
        "EMAIL_HOST": mail.hostname,
        "EMAIL_PORT": mail.port or (465 if implicit else 25),
        "EMAIL_HOST_USER": unquote(mail.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(mail.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": tls == "starttls",
    }
