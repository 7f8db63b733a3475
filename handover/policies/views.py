"""Policies as everybody reads them: the list, one of them with its versions, and “I have read it”."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from common.keyset import keyset_page
from common.notices import say
from common.web import attempt, status_for
from handover.policies import comparing, operations, permissions, queries
from handover.policies.forms import AcknowledgeForm
from handover.policies.models import Policy, PolicyAcknowledgement, PolicyVersion

A_PAGE = 50


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """``/policies/``: what I have not read yet, and every policy that concerns my teams, by title."""
    page = keyset_page(Policy.objects.visible_to(request.user), sort="title", cursor=request.GET.get("cursor"), size=A_PAGE, descending=False)
    waiting = list(queries.to_acknowledge(request.user)) if not request.GET.get("cursor") else []
    context = {
        "page": "policies",
        "waiting": waiting,
        "rows": queries.rows(page.rows, request.user, timezone.now().date()),
        "next_cursor": page.next_cursor,
        "may_write": permissions.may_write(request.user),
    }
    return render(request, "policies/policies.html", context)


@require_GET
def policy(request: HttpRequest, ref: str) -> HttpResponse:
    """``/policies/<ref>/``: the newest version; ``?version=1`` another one, ``&with=2`` compared with a third; ``?cursor=`` pages who has not read it."""
    found = find(request, ref)
    return show(request, found, AcknowledgeForm())


def show(request: HttpRequest, found: Policy, form: AcknowledgeForm) -> HttpResponse:
    versions = list(queries.versions_of(found, drafts=permissions.may_write(request.user)))
    newest = next((one for one in versions if one.published_at), None)
    version = _numbered(versions, request.GET.get("version", "")) or newest or versions[0]
    other = _numbered(versions, request.GET.get("with", ""))
    may_see_readers = newest is not None and found.ended_at is None and permissions.may_see_readers(request.user)
    context: dict[str, Any] = {
        "page": "policies",
        "policy": found,
        "versions": versions,
        "version": version,
        "newest": newest,
        "in_force": queries.in_force_of(found, timezone.now().date()),
        "before": next((one for one in versions if one.number == version.number - 1), None),
        "other": other,
        "pieces": comparing.compared(other.body, version.body) if other else None,
        "services": queries.services_of(found, request.user),
        "hints": found.hints.order_by("place"),
        "form": form,
        "said": PolicyAcknowledgement.objects.filter(version=newest, colleague=request.user).first() if newest else None,
        "may_acknowledge": newest is not None and permissions.may_acknowledge(request.user, found),
        "may_write": permissions.may_write(request.user),
        "draft": next((one for one in versions if not one.published_at), None),
    }
    if may_see_readers and newest:
        context["unread"] = queries.not_read_by(newest, permissions.teams_led(request.user), cursor=request.GET.get("cursor"))
    return render(request, "policies/policy.html", context, status=status_for(form))


@require_POST
def acknowledge(request: HttpRequest, ref: str) -> HttpResponse:
    """“I have read it”, in one press."""
    found = find(request, ref)
    form = AcknowledgeForm(request.POST)
    if attempt(form, operations.acknowledge, policy=found, by=request.user, at=timezone.now()):
        say(request, f"Noted: you have read “{found.title}”.")
        return redirect(found)
    return show(request, found, form)


def find(request: HttpRequest, ref: str) -> Policy:
    return get_object_or_404(Policy.objects.visible_to(request.user), ref=ref)


def _numbered(versions: list[PolicyVersion], wanted: str) -> PolicyVersion | None:
    if not wanted:
        return None
    found = next((one for one in versions if str(one.number) == wanted), None)
    if found is None:
        raise Http404
    return found
