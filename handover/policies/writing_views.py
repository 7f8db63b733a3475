"""The pages on which an administrator writes policies, publishes them, and says where they apply."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from common.notices import say
from common.web import attempt, status_for
from handover.policies import operations, permissions
from handover.policies.forms import AboutForm, NewPolicyForm, WordingForm
from handover.policies.models import Policy


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """``/policies/new/``: a draft, which nobody but administrators sees before it is published."""
    permissions.check_write(request.user)
    form = NewPolicyForm(request.POST or None, initial={"in_force_from": timezone.now().date()})
    if attempt(form, operations.add, by=request.user, at=timezone.now()):
        say(request, "Saved as a draft. Look at it, then publish it.")
        return redirect(form.result)
    return render(request, "policies/form.html", {"page": "policies", "form": form, "title": "Write a policy"}, status=status_for(form))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """``/policies/<ref>/edit/``: everything but its text."""
    found = _find(request, ref)
    form = AboutForm(request.POST or None, policy=found)
    if attempt(form, operations.change, policy=found, by=request.user, at=timezone.now()):
        say(request, "Saved.")
        return redirect(found)
    return render(request, "policies/form.html", {"page": "policies", "form": form, "policy": found, "title": f"Change {found}"}, status=status_for(form))


@require_http_methods(["GET", "POST"])
def version(request: HttpRequest, ref: str) -> HttpResponse:
    """``/policies/<ref>/version/``: the next version, as a draft."""
    found = _find(request, ref)
    newest = found.versions.order_by("-number").first()
    form = WordingForm(request.POST or None, version=newest, is_first=not found.versions.published().exists(), initial={"in_force_from": timezone.now().date()})
    if attempt(form, operations.draft, policy=found, by=request.user, at=timezone.now()):
        say(request, f"Version {form.result.number} is saved as a draft. Publish it when it is right.")
        return redirect(form.result)
    context = {"page": "policies", "form": form, "policy": found, "title": f"Next version of {found}"}
    return render(request, "policies/form.html", context, status=status_for(form))


@require_POST
def publish(request: HttpRequest, ref: str) -> HttpResponse:
    made = operations.publish(policy=_find(request, ref), by=request.user, at=timezone.now())
    say(request, f"Version {made.number} is published. Everybody concerned is asked to read it.")
    return redirect(made.policy)


@require_POST
def end(request: HttpRequest, ref: str) -> HttpResponse:
    ended = operations.end(policy=_find(request, ref), by=request.user, at=timezone.now())
    say(request, "It does not apply any more. It stays readable.")
    return redirect(ended)


def _find(request: HttpRequest, ref: str) -> Policy:
    """What one may not see is not there; what one may see but not write is refused with a reason."""
    found = get_object_or_404(Policy.objects.visible_to(request.user), ref=ref)
    permissions.check_write(request.user)
    return found
