"""Actions by the REST API: the same moves as by the pages."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, door
from common.api import version_from, with_etag
from common.errors import Invalid
from handover import moves
from handover.actions.api import bodies
from handover.actions.models import OPEN, Action, Contact, Note
from handover.actions.rows import ActionRow, ActionWhole, ComingRow, ContactRow, NoteRow
from handover.followups.touched import actions_touched
from handover.handovers.models import Item, When
from handover.handovers.takers_queries import takers_of
from handover.handovers.takers_rows import TakersFilters, TakersRow, shown
from handover.moves.coming import what_falls_due


class ActionViewSet(Listed, Doors):
    """Customer service actions."""

    queryset = Action.objects.all()
    row, whole, id_name = ActionRow, ActionWhole, "action_id"
    filters, timed = bodies.ActionFilters, ("late",)

    @extend_schema(parameters=[bodies.ActionFilters], responses=ActionRow(many=True))
    def list(self, request: Request) -> Any:
        """Your teams' actions, the latest promise first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Action], **wanted: Any) -> QuerySet[Action]:
        since, state, late, given = (wanted.pop(name, None) for name in ("updated_since", "state", "late", "given"))
        ids = self.request.user.team_ids()
        if ids is not None and given:
            rows = given_away(rows, ids)
        elif ids is not None and since is None:  # a part of what they may see, without asking what was given away
            rows = Action.objects.filter(team_id__in=ids)
        rows = rows.filter(**wanted)
        if state:
            rows = rows.filter(state__in=OPEN) if state == "open" else rows.filter(state=state)
        if late is not None:
            late_now = Action.objects.late(timezone.now()).values("pk")
            rows = rows.late(timezone.now()) if late else rows.exclude(pk__in=late_now)
        return rows.filter(pk__in=actions_touched(since, ids)) if since else rows

    @extend_schema(responses=ActionWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One action with its notes and contacts. Its ETag is what a change sends as If-Match."""
        pk = self.found()
        shown = {**ActionRow.one_of(Action.objects, pk=pk)}
        shown["notes"] = NoteRow.all_of(Note.objects.filter(action=pk))
        shown["contacts"] = ContactRow.all_of(Contact.objects.filter(action=pk))
        return with_etag(Response(shown), shown["version"])

    @extend_schema(request=bodies.NewAction, responses={201: ActionRow, 200: ActionRow})
    def create(self, request: Request) -> Response:
        """Log an action. With an `external_ref` that the team has already, nothing is made: the one that has it is answered with 200."""
        words = self.words(bodies.NewAction)
        team = words.pop("team", None) or getattr(request, "team", None)
        if team is None:
            raise Invalid("Say which team this is for.", field="team")
        at = timezone.now()
        made = moves.create(team=team, by=request.user, at=at, **words)
        return self.shown(made, 201 if is_new(made, at) else 200)

    def shown(self, made: Action, status: int = 200) -> Response:
        response = Response(ActionRow.of(made), status=status)
        if status == 201:
            response["Location"] = self.request.build_absolute_uri(f"{self.request.path}{made.ref}/")
        return with_etag(response, made.version)

    def answer(self, pk: Any, status: int = 200) -> Response:
        response = super().answer(pk, status)
        return with_etag(response, response.data["version"])

    @extend_schema(request=bodies.ActionChange, responses=ActionRow)
    def partial_update(self, request: Request, ref: str) -> Response:
        """Change what was typed. Send the ETag of what you read as If-Match: if somebody was faster, 412 brings what they wrote."""
        pk = self.found()
        version = version_from(request)
        moves.edit(action_id=pk, by=request.user, at=timezone.now(), version=version, **self.words(bodies.ActionChange))
        return self.answer(pk)

    @door(bodies.Completed, answers=ActionRow)
    def complete(self, request: Request, ref: str) -> Response:
        """It is done; everybody who passed it on is told."""
        return self.make(moves.complete)

    @door(bodies.Reasoned, answers=ActionRow)
    def close(self, request: Request, ref: str) -> Response:
        """It is no longer needed."""
        return self.make(moves.close)

    @door(bodies.Reasoned, answers=ActionRow)
    def reopen(self, request: Request, ref: str) -> Response:
        """Bring back what was closed too early."""
        return self.make(moves.reopen)

    @door(answers=ActionRow)
    def undo(self, request: Request, ref: str) -> Response:
        """Undo your own *completed* or *no longer needed* within 30 seconds."""
        return self.make(moves.undo_complete)

    @door(answers=ActionRow)
    def claim(self, request: Request, ref: str) -> Response:
        """Become responsible for what lies in the pool."""
        return self.make(moves.claim)

    @door(bodies.Reassignment, answers=ActionRow)
    def reassign(self, request: Request, ref: str) -> Response:
        """Give it to somebody else, or put it into the pool, as a lead."""
        return self.make(moves.reassign)

    @door(bodies.NewPromise, answers=ActionRow)
    def promise(self, request: Request, ref: str) -> Response:
        """Agree another time with the customer."""
        return self.make(moves.promise)

    @door(bodies.Pause, answers=ActionRow)
    def put_off(self, request: Request, ref: str) -> Response:
        """Do nothing about it before a time to come; you go on holding it."""
        return self.make(moves.put_off)

    @door(answers=ActionRow)
    def bring_back(self, request: Request, ref: str) -> Response:
        """It is not put off any more."""
        return self.make(moves.bring_back)

    @door(bodies.CarriedDecision, answers=ActionRow)
    def decide_carried(self, request: Request, ref: str) -> Response:
        """Decide what happens with an action that was carried over more than 3 shifts."""
        return self.make(moves.decide_carried)

    @extend_schema(responses=ComingRow(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def due(self, request: Request, ref: str) -> Response:
        """What happens by itself if nobody acts, soonest first."""
        found = Action.objects.get(pk=self.found())
        return Response([ComingRow.of(one) for one in what_falls_due(found, reader_id=request.user.pk)])

    @extend_schema(parameters=[TakersFilters], responses=TakersRow)
    @action(detail=True, methods=["get"])
    def eligible(self, request: Request, ref: str) -> Response:
        """Who may take it over, who knows it first; with the reasons of those who may not."""
        found = Action.objects.get(pk=self.found())
        sent = TakersFilters(data=request.query_params, context={"request": request})
        sent.is_valid(raise_exception=True)
        return Response(shown(takers_of(found, when=sent.validated_data.get("when", When.END_OF_SHIFT), at=timezone.now())))

    @door(bodies.NewNote, answers=NoteRow, status=201)
    def notes(self, request: Request, ref: str) -> Response:
        """Write something down about it."""
        pk, words = self.found(), self.words()
        item = words.pop("item", None)
        note = moves.note(action_id=pk, by=request.user, at=timezone.now(), item_id=item.pk if item else None, **words)
        return Response(NoteRow.one_of(Note.objects, pk=note.pk), status=201)

    @door(bodies.NewContact, answers=ContactRow, status=201)
    def contacts(self, request: Request, ref: str) -> Response:
        """The customer got in touch."""
        contact = moves.contact(action_id=self.found(), by=request.user, at=timezone.now(), **self.words())
        return Response(ContactRow.one_of(Contact.objects, pk=contact.pk), status=201)


def is_new(action: Action, at: datetime) -> bool:
    """Whether this very request made it."""
    return action.created_at == at


def given_away(rows: QuerySet[Action], team_ids: list[int]) -> QuerySet[Action]:
    """Of ``rows``, what these teams gave to others and do not hold now; found by the items, which are few."""
    items = Item.objects.filter(from_team__in=team_ids).exclude(to_team__in=team_ids)
    return rows.filter(pk__in=items.values("action_id")).exclude(team_id__in=team_ids)
