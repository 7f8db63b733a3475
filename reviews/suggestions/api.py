"""Suggestions by the REST API."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters, door
from accounts.models import Team, User
from audit.queries import touched
from common.api import CleanTextField
from common.bodies import Body, ChoiceField, IdField, VisibleField, YesNoField
from common.errors import Invalid
from reviews.suggestions import operations
from reviews.suggestions.forms import LONG
from reviews.suggestions.models import Decision, Suggestion, SuggestionWords
from reviews.suggestions.places import LONGEST
from reviews.suggestions.rows import SaidRow, SuggestionRow, SuggestionWhole


def teams(user: User) -> Any:
    return Team.objects.visible_to(user)


class NewSuggestion(Body):
    """An idea. `about_path` is the page of Baton that it is about, such as `/board/`."""

    words = CleanTextField(max_length=LONG, lines=True)
    about_path = CleanTextField(max_length=LONGEST, required=False, allow_blank=True)
    team = VisibleField(teams, required=False, help_text="Needed by a person of several teams.")


class Said(Body):
    words = CleanTextField(max_length=LONG, lines=True)


class Answer(Body):
    """What becomes of it; *not now* says why."""

    decision = ChoiceField(choices=Decision.choices)
    words = CleanTextField(max_length=LONG, lines=True, required=False, allow_blank=True)


class SuggestionFilters(SinceFilters):
    team = IdField(required=False)
    answered = YesNoField(required=False)


class SuggestionViewSet(Listed, Doors):
    """What anybody suggests."""

    queryset = Suggestion.objects.all()
    row, whole, id_name = SuggestionRow, SuggestionWhole, "suggestion_id"
    filters, sort = SuggestionFilters, "created_at"

    @extend_schema(parameters=[SuggestionFilters], responses=SuggestionRow(many=True))
    def list(self, request: Request) -> Any:
        """Your teams' suggestions, the latest first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Suggestion], **wanted: Any) -> QuerySet[Suggestion]:
        since, answered = (wanted.pop(name, None) for name in ("updated_since", "answered"))
        rows = rows.filter(**wanted)
        if answered is not None:
            rows = rows.filter(answered_at__isnull=not answered)
        return rows.filter(pk__in=touched(Suggestion, since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=SuggestionWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One suggestion with what colleagues say about it."""
        found = self.found()
        shown = SuggestionRow.one_of(Suggestion.objects, pk=found)
        return Response({**shown, "discussion": SaidRow.all_of(SuggestionWords.objects.filter(suggestion=found))})

    @extend_schema(request=NewSuggestion, responses={201: SuggestionRow})
    def create(self, request: Request) -> Response:
        """Suggest something."""
        words = self.words(NewSuggestion)
        team = words.pop("team", None) or getattr(request, "team", None)
        if team is None:
            raise Invalid("Say which team this is for.", field="team")
        made = operations.suggest(team=team, by=request.user, at=timezone.now(), **words)
        return self.answered(made)

    def answered(self, made: Suggestion) -> Response:
        response = self.answer(made.pk, 201)
        response["Location"] = self.request.build_absolute_uri(f"{self.request.path}{made.ref}/")
        return response

    @door(Said, answers=SaidRow, status=201)
    def discuss(self, request: Request, ref: str) -> Response:
        """Say something about it."""
        said = operations.discuss(suggestion_id=self.found(), by=request.user, at=timezone.now(), **self.words())
        return Response(SaidRow.of(said), status=201)

    @door(Answer, answers=SuggestionRow, path="answer")
    def decide(self, request: Request, ref: str) -> Response:
        """Say, as a lead, what becomes of it."""
        return self.make(operations.answer)
