"""Links for assessors: made and revoked by their owner, read by whoever has one, without signing in."""

from __future__ import annotations

from time import time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from common.notices import say
from common.throttling import WINDOW, count
from common.web import attempt, status_for
from reviews.evidence import operations, queries
from reviews.evidence.forms import LinkForm
from reviews.evidence.models import EvidenceLink
from reviews.evidence.paper import pdf_of
from reviews.evidence.views import zone_of

MOST = 20
"""Requests a minute from one address: an assessor reads, and guesses nothing."""
QUIET = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}


@require_http_methods(["GET", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """``/evidence/links/``: make a link, which is shown once, and see which ones work."""
    mine, at = queries.evidence_of(request.user), timezone.now()
    if mine is None or not mine.is_on:
        return redirect("evidence:mine")
    form = LinkForm(request.POST or None)
    if attempt(form, operations.make_link, by=request.user, at=at, zone=zone_of(request)):
        link, path = form.result
        response = render(request, "evidence/link_made.html", {"page": "evidence", "made": link, "address": settings.BATON_URL + path})
        response["Cache-Control"] = "no-store"
        return response
    rows = EvidenceLink.objects.visible_to(request.user).usable(at).defer("content")
    return render(request, "evidence/links.html", {"page": "evidence", "links": rows, "form": form, "at": at}, status=status_for(form))


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(EvidenceLink.objects.visible_to(request.user), pk=pk)
    operations.revoke_link(link_id=link.pk, by=request.user, at=timezone.now())
    say(request, f"The link for {link} shows nothing any more.")
    return redirect("evidence:links")


@login_not_required
@require_safe
def read(request: HttpRequest, secret: str) -> HttpResponse:
    """``/evidence/for/<secret>/``: the evidence as it was when the link was made."""
    return answered(request, secret, as_pdf=False)


@login_not_required
@require_GET
def read_pdf(request: HttpRequest, secret: str) -> HttpResponse:
    return answered(request, secret, as_pdf=True)


def answered(request: HttpRequest, secret: str, *, as_pdf: bool) -> HttpResponse:
    if count(f"evidence:{request.META.get('REMOTE_ADDR', '')}:{int(time() // WINDOW)}") > MOST:
        return HttpResponse("Too many requests.", status=429, content_type="text/plain", headers={**QUIET, "Retry-After": str(WINDOW)})
    at = timezone.now()
    link = queries.usable_link(secret, at)
    if link is None:
        raise Http404
    operations.note_use(link, at=at)
    if as_pdf:
        headers = {**QUIET, "Content-Disposition": f'attachment; filename="evidence-{link.ref}.pdf"'}
        return HttpResponse(pdf_of(link.content, ref=link.ref), content_type="application/pdf", headers=headers)
    response = render(request, "evidence/for.html", {"link": link, "content": link.content, "secret": secret})
    for name, value in QUIET.items():
        response[name] = value
    return response
