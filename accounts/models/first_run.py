"""The one-time address of an installation that nobody has set up yet."""

from django.db import models


class FirstRunKey(models.Model):
    """At most one row: the SHA-256 of the secret in the address that makes the first administrator. Gone once used."""

    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return "first run"
