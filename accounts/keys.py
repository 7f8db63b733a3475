"""Secrets that are shown once and kept as a digest."""

import hashlib
import secrets

TOKEN_PREFIX = "hdv_"  # noqa: S105 - not a secret: it lets a leaked token be recognised


def new_key(prefix: str = "") -> str:
    """A new secret of 256 random bits, in letters that an address can carry."""
    return prefix + secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """What is kept of a secret. SHA-256 without salt is enough for 256 random bits, and can be looked up by index."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
