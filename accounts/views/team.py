"""One's team: who is in it, who is invited, what the job roles are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import mail, operations, permissions
from accounts.forms.teams import BY_EMAIL, InviteForm, JobRoleForm, MembershipForm
from accounts.models import Invitation, JobRole, Membership
from accounts.queries import members_of, open_invitations
from accounts.views.asking import team_of
from accounts.views.once import show_once
from common.notices import say
from common.web import attempt, status_for


@require_GET
def team(request: HttpRequest) -> HttpResponse:
    if request.team is None:
        return render(request, "accounts/team/none.html", {"page": "team", "may_administer": permissions.may_administer(request.user)})
    return page(request)


def page(request: HttpRequest, **forms: Any) -> HttpResponse:
    """The team's page with the form that was sent, if one was, in its place."""
    own, at = team_of(request), timezone.now()
    manages = permissions.may_manage_memberships(request.user, own.pk)
    context: dict[str, Any] = {"page": "team", "team": own, "members": members_of(own), "manages": manages, "at": at}
    context["may_administer"] = permissions.may_administer(request.user)
    context["job_roles"] = own.job_roles.order_by("name")
    if manages:
        context["invitations"] = open_invitations(own, at=at)
        context["job_role_form"] = forms.get("job_role_form") or JobRoleForm()
        context["invite_form"] = forms.get("invite_form") or InviteForm(team=own, prefix="invite")
    sent = next(iter(forms.values()), None)
    return render(request, "accounts/team/team.html", context, status=status_for(sent) if sent else 200)


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    own = team_of(request)
    permissions.check_manage_memberships(request.user, own.pk)
    form = InviteForm(request.POST, team=own, prefix="invite")
    if not attempt(form, operations.invite, team_id=own.pk, by=request.user, at=timezone.now()):
        return page(request, invite_form=form)
    invitation, path = form.result
    if form.cleaned_data["way"] == BY_EMAIL:
        if mail.send_invitation(invitation, path):
            say(request, f"Invitation sent to {invitation.email}. It works once, for 14 days.")
            return redirect("accounts:team")
        return show_once(request, "invitation", path, invitation=invitation, mail_failed=True, back="accounts:team")
    return show_once(request, "invitation", path, invitation=invitation, back="accounts:team")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    operations.withdraw_invitation(invitation_id=invitation.pk, by=request.user, at=timezone.now())
    say(request, "Invitation withdrawn. Its link does not work any more.")
    return redirect("accounts:team")


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague's level and job roles."""
    members = Membership.objects.visible_to(request.user).current().select_related("user", "team")
    membership = get_object_or_404(members, pk=pk)
    permissions.check_manage_memberships(request.user, membership.team_id)
    form = MembershipForm(request.POST or None, membership=membership)
    if attempt(form, operations.change_membership, membership_id=membership.pk, by=request.user, at=timezone.now()):
        say(request, f"{membership.user}: saved.")
        return redirect("accounts:team")
    may_reset = permissions.may_make_reset_link(request.user, membership.user)
    context = {"page": "team", "membership": membership, "form": form, "may_reset": may_reset}
    return render(request, "accounts/team/member.html", context, status=status_for(form))


@require_POST
def reset_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A way back in for a colleague whom no e-mail reaches."""
    members = Membership.objects.visible_to(request.user).current().select_related("user", "team")
    membership = get_object_or_404(members, pk=pk)
    path = operations.make_reset_link(user_id=membership.user_id, by=request.user, at=timezone.now())
    return show_once(request, "reset", path, membership=membership, back="accounts:team")


@require_POST
def add_job_role(request: HttpRequest) -> HttpResponse:
    own = team_of(request)
    permissions.check_manage_memberships(request.user, own.pk)
    form = JobRoleForm(request.POST)
    if attempt(form, operations.add_job_role, team_id=own.pk, by=request.user, at=timezone.now()):
        return redirect("accounts:team")
    return page(request, job_role_form=form)


@require_http_methods(["GET", "POST"])
def rename_job_role(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(JobRole.objects.visible_to(request.user).select_related("team"), pk=pk)
    permissions.check_manage_memberships(request.user, role.team_id)
    form = JobRoleForm(request.POST or None, initial={"name": role.name})
    if attempt(form, operations.rename_job_role, job_role_id=role.pk, by=request.user, at=timezone.now()):
        say(request, "Job role renamed.")
        return redirect("accounts:team")
    return render(request, "accounts/team/job_role.html", {"page": "team", "role": role, "form": form}, status=status_for(form))
