"""What several of the views ask first."""

from django.http import Http404, HttpRequest

from accounts import permissions
from accounts.models import Team


def number_or_404(text: str) -> int:
    """The id in ``text``; what cannot be one is not found."""
    if text.isascii() and text.isdecimal() and len(text) < 19:
        return int(text)
    raise Http404


def team_of(request: HttpRequest) -> Team:
    """The team that the person works in now; not found where they have none."""
    if request.team is None:
        raise Http404
    return request.team


def administrators_only(request: HttpRequest) -> None:
    """Pages for administrators are not there for anybody else."""
    if not permissions.may_administer(request.user):
        raise Http404
