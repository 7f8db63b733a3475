"""Shift notes by the REST API: the same operations as by the pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters, door
from accounts.models import Team
from audit.queries import touched
from common.api import CleanTextField, version_from, with_etag
from common.bodies import Body, ChoiceField, IdField, InstantField, VisibleField, YesNoField
from common.errors import Invalid
from handover.notes import operations
from handover.notes.models import For, ShiftNote, ShiftNoteVersion
from handover.notes.rows import ShiftNoteBefore, ShiftNoteRow, ShiftNoteWhole


class ShiftNoteWords(Body):
    """What a note says, to whom, and for how long. With *until* goes `expires_at`, with *named* the `shift_name`."""

    text = CleanTextField(max_length=2_000, lines=True)
    topic = CleanTextField(max_length=60, required=False, allow_blank=True)
    audience = ChoiceField(choices=For.choices, required=False)
    shift_name = CleanTextField(max_length=60, required=False, allow_blank=True)
    lasts = ChoiceField(choices=operations.LASTS, required=False)
    expires_at = InstantField(required=False, allow_null=True)
    pinned = YesNoField(required=False)


class NewShiftNote(ShiftNoteWords):
    """A note to the shifts that follow. Without `team` it is the integration's own."""

    team = VisibleField(Team.objects.visible_to, required=False, allow_null=True)
    tell_now = YesNoField(required=False, help_text="The colleagues on the next shift get a notice.")


class ShiftNoteResolved(Body):
    reason = CleanTextField(max_length=300, required=False, allow_blank=True)


class ShiftNoteFilters(SinceFilters):
    team = IdField(required=False)
    by = IdField(required=False)
    pinned = YesNoField(required=False)
    standing = YesNoField(required=False, help_text="True: what stands now; false: what was resolved or has run out.")


class ShiftNoteViewSet(Listed, Doors):
    """What the next shift should know."""

    queryset = ShiftNote.objects.all()
    row, whole, id_name = ShiftNoteRow, ShiftNoteWhole, "note_id"
    filters, timed, sort = ShiftNoteFilters, ("standing",), "at"

    @extend_schema(parameters=[ShiftNoteFilters], responses=ShiftNoteRow(many=True))
    def list(self, request: Request) -> Any:
        """Notes of the teams that you see, the newest first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[ShiftNote], **wanted: Any) -> QuerySet[ShiftNote]:
        since, standing = (wanted.pop(name, None) for name in ("updated_since", "standing"))
        rows = rows.filter(**wanted)
        if standing is not None:
            now = timezone.now()
            rows = rows.filter(pk__in=ShiftNote.objects.standing(now) if standing else ShiftNote.objects.gone(now))
        return rows.filter(pk__in=touched(ShiftNote, since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=ShiftNoteWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One note with what it said before. Its ETag is what a change sends as If-Match."""
        pk = self.found()
        shown = {**ShiftNoteRow.one_of(ShiftNote.objects, pk=pk)}
        shown["versions"] = ShiftNoteBefore.all_of(ShiftNoteVersion.objects.filter(note=pk).order_by("-number"))
        return with_etag(Response(shown), shown["version"])

    @extend_schema(request=NewShiftNote, responses={201: ShiftNoteRow})
    def create(self, request: Request) -> Response:
        """Leave a note for the next shift."""
        words = self.words(NewShiftNote)
        team = words.pop("team", None) or getattr(request, "team", None)
        if team is None:
            raise Invalid("Say which team this is for.", field="team")
        made = operations.leave(team=team, by=request.user, at=timezone.now(), **words)
        response = self.answer(made.pk, 201)
        response["Location"] = request.build_absolute_uri(f"{request.path}{response.data['ref']}/")
        return response

    @extend_schema(request=ShiftNoteWords, responses=ShiftNoteRow)
    def partial_update(self, request: Request, ref: str) -> Response:
        """Change a note as a whole. Send the ETag of what you read as If-Match; what it said before stays readable."""
        pk = self.found()
        version = version_from(request)
        operations.change(note_id=pk, by=request.user, at=timezone.now(), version=version, **self.words(ShiftNoteWords))
        return self.answer(pk)

    def answer(self, pk: Any, status: int = 200) -> Response:
        response = super().answer(pk, status)
        return with_etag(response, response.data["version"])

    @door(ShiftNoteResolved, answers=ShiftNoteRow)
    def resolve(self, request: Request, ref: str) -> Response:
        """It need not be known any more."""
        return self.make(operations.resolve)
