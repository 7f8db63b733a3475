"""Agreements by the REST API: what is in force, its history, and what is proposed. Nobody agrees by token for somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, door
from audit.queries import touched
from common.errors import Refusal
from handover.agreements import answering, bodies, operations, queries
from handover.agreements.agreeing import ProposalAnswer, ProposalComment
from handover.agreements.bodies import AgreementFilters
from handover.agreements.models import Agreement, AgreementLimit, AgreementVersion, RequiredInformation
from handover.agreements.rows import (
    AgreementAnswer,
    AgreementComment,
    AgreementRow,
    AgreementVersionRow,
    AgreementWhole,
    JobRoleRow,
    LimitRow,
    RequiredRow,
)
from handover.agreements.states import State
from handover.agreements.terms import Terms, terms_of

COLUMNS = {"team": "agreement__team", "service": "agreement__point__service", "applies": "agreement__applies"}
NAMES = {"because": "words", "instead": "words", "comment": "words"}


class AgreementViewSet(Listed, Doors):
    """What is in force now for each handover point, and what is proposed."""

    queryset = Agreement.objects.all()
    row, whole, filters, sort = AgreementRow, AgreementWhole, AgreementFilters, "id"

    def get_queryset(self) -> QuerySet[AgreementVersion]:
        return AgreementVersion.objects.visible_to(self.request.user)

    @extend_schema(parameters=[AgreementFilters], responses=AgreementRow(many=True))
    def list(self, request: Request) -> Any:
        """Agreements in force in the teams that you see, and those that name one of them as the receiver; the latest first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[AgreementVersion], **wanted: Any) -> QuerySet[AgreementVersion]:
        since, proposed, owed = (wanted.pop(name, None) for name in ("updated_since", "proposed", "owed_by_me"))
        if owed:
            rows = rows.filter(pk__in=ProposalAnswer.objects.filter(colleague=self.request.user, answer="").values("version"))
        rows = rows.proposed() if proposed or owed else rows.in_force()
        rows = rows.filter(**{COLUMNS[name]: value for name, value in wanted.items()})
        return rows.filter(agreement__in=touched(Agreement, since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=AgreementWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One agreement, as it is in force: limits and read-back by urgency, required information, receiving job roles; its versions; what is proposed."""
        return Response(self._whole(queries.found(request.user, ref)))

    @extend_schema(request=bodies.FirstBody, responses={201: AgreementWhole})
    def create(self, request: Request) -> Response:
        """Propose the first terms for a handover point. A lead who names nobody puts them in force at once."""
        words = self.words(bodies.FirstBody)
        words["terms"] = bodies.terms_from(words, Terms(), team_id=words["point"].service.team_id)
        made = _renamed(operations.propose_first, by=request.user, at=timezone.now(), **words)
        response = Response(self._whole(made.agreement), status=201)
        response["Location"] = request.build_absolute_uri(f"{request.path}{made.agreement.ref}/")
        return response

    @door(bodies.ChangeBody, answers=AgreementWhole)
    def propose(self, request: Request, ref: str) -> Response:
        """Propose the next version. It is in force when you and all that you name agree; a lead who names nobody decides alone, with a reason."""
        agreement, words = queries.found(request.user, ref), self.words(bodies.ChangeBody)
        now = queries.complete(AgreementVersion.objects.in_force().filter(agreement=agreement)).first()
        words["terms"] = bodies.terms_from(words, terms_of(now) if now else Terms(), team_id=agreement.team_id)
        _renamed(operations.propose, agreement=agreement, by=request.user, at=timezone.now(), **words)
        return Response(self._whole(agreement))

    @door(bodies.ReviseBody, answers=AgreementWhole)
    def revise(self, request: Request, ref: str) -> Response:
        """Change the text of what you proposed, or name more colleagues. Answers to an older text are asked anew."""
        proposal, words = self._proposal(), self.words(bodies.ReviseBody)
        words["terms"] = bodies.terms_from(words, terms_of(proposal), team_id=proposal.agreement.team_id)
        words = {"why": proposal.why, "named": [], **words}
        _renamed(operations.revise, version_id=proposal.pk, by=request.user, at=timezone.now(), **words)
        return Response(self._whole(proposal.agreement))

    @door(bodies.AnswerBody, answers=AgreementWhole, path="answer")
    def answer_it(self, request: Request, ref: str) -> Response:
        """Answer what is proposed. The last of those named who agrees puts it in force."""
        return self._on_proposal(answering.answer)

    @door(bodies.CommentBody, answers=AgreementWhole)
    def comment(self, request: Request, ref: str) -> Response:
        """Say something about what is proposed."""
        return self._on_proposal(answering.comment)

    @door(bodies.DecisionBody, answers=AgreementWhole)
    def decide(self, request: Request, ref: str) -> Response:
        """After the deadline a lead decides without those who have not agreed, with a reason."""
        return self._on_proposal(answering.decide)

    @door(bodies.WithdrawBody, answers=AgreementWhole)
    def withdraw(self, request: Request, ref: str) -> Response:
        """Take back what you proposed; a lead may end a colleague's, with a reason."""
        return self._on_proposal(answering.withdraw)

    @door(bodies.ReviewBody, answers=AgreementWhole)
    def review(self, request: Request, ref: str) -> Response:
        """A lead has looked at what is in force: it still holds, until the day on which it is looked at again."""
        agreement = queries.found(request.user, ref)
        operations.review(agreement=agreement, by=request.user, at=timezone.now(), **self.words())
        return Response(self._whole(agreement))

    def _proposal(self) -> AgreementVersion:
        agreement = queries.found(self.request.user, self.kwargs["ref"])
        newest = queries.complete(AgreementVersion.objects.filter(agreement=agreement)).order_by("-number")
        return newest.filter(state=State.PROPOSED).first() or get_object_or_404(newest[:1])

    def _on_proposal(self, move: Callable[..., Any]) -> Response:
        """About what is proposed; where nothing is, about the newest version, which then says why it can't be answered."""
        proposal = self._proposal()
        _renamed(move, version_id=proposal.pk, by=self.request.user, at=timezone.now(), **self.words())
        return Response(self._whole(proposal.agreement))

    def _whole(self, agreement: Agreement) -> dict[str, Any]:
        versions = AgreementVersion.objects.filter(agreement=agreement).order_by("-number")
        states = dict(versions.values_list("pk", "state"))
        shown = next((pk for pk, state in states.items() if state == State.IN_FORCE), next(iter(states)))
        proposed = [pk for pk, state in states.items() if state == State.PROPOSED]
        comments = {pk: AgreementComment.all_of(ProposalComment.objects.filter(version=pk)) for pk in proposed}
        return {
            **_terms(shown),
            "versions": AgreementVersionRow.all_of(versions),
            "proposal": [{**_terms(pk), "comments": comments[pk]} for pk in proposed],
        }


def _terms(pk: int) -> dict[str, Any]:
    version = AgreementVersion.objects.get(pk=pk)
    return {
        **AgreementRow.one_of(AgreementVersion.objects, pk=pk),
        "limits": LimitRow.all_of(AgreementLimit.objects.filter(version=pk).order_by("pk")),
        "required": RequiredRow.all_of(RequiredInformation.objects.filter(version=pk).order_by("position")),
        "receiving_roles": JobRoleRow.all_of(version.receiving_roles.order_by("name", "pk")),
        "answers": AgreementAnswer.all_of(ProposalAnswer.objects.filter(version=pk)),
    }


def _renamed(move: Callable[..., Any], **words: Any) -> Any:
    """Where the page has several fields for what is one here, a refusal names the one that was sent."""
    try:
        return move(**words)
    except Refusal as refusal:
        refusal.field = NAMES.get(refusal.field, refusal.field)
        raise
