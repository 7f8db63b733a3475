"""Handovers and items by the REST API: the same moves as by the pages."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, door
from common.errors import Refusal
from handover import moves
from handover.followups.touched import actions_touched
from handover.handovers.api import bodies
from handover.handovers.brief import Answer, Brief, Decline, Query, Seen
from handover.handovers.models import Handover, Item
from handover.handovers.rows import AnswerRow, BriefRow, DeclineRow, HandoverRow, HandoverWhole, ItemRow, ItemWhole, QueryRow, SeenRow
from handover.handovers.states import ON_OFFER


class HandoverViewSet(Listed, Doors):
    """Handovers: the envelopes of what was offered in one press."""

    queryset = Handover.objects.all()
    row, whole = HandoverRow, HandoverWhole
    filters, sort = bodies.HandoverFilters, "offered_at"
    scopes = {"create": "offer"}

    @extend_schema(parameters=[bodies.HandoverFilters], responses=HandoverRow(many=True))
    def list(self, request: Request) -> Any:
        """What your teams gave and were given, the latest first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Handover], **wanted: Any) -> QuerySet[Handover]:
        since = wanted.pop("updated_since", None)
        rows = rows.filter(**wanted)
        if not since:
            return rows
        touched = Item.objects.filter(action__in=actions_touched(since, self.request.user.team_ids()))
        return rows.filter(pk__in=touched.values("handover_id"))

    @extend_schema(responses=HandoverWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One handover with its items."""
        return Response(self.shown(self.found()))

    def shown(self, pk: int) -> dict[str, Any]:
        items = ItemRow.all_of(Item.objects.filter(handover=pk).order_by("pk"))
        return {**HandoverRow.one_of(Handover.objects, pk=pk), "items": items}

    @extend_schema(request=bodies.NewHandover, responses={201: HandoverWhole, 200: HandoverWhole})
    def create(self, request: Request) -> Response:
        """Offer actions to a colleague or to a shift. You stay responsible until it is accepted; the same offer again is answered with 200."""
        words = self.words(bodies.NewHandover)
        shift, at = words.pop("to_shift", None), timezone.now()
        try:
            made = moves.offer(by=request.user, at=at, to_shift_id=shift.pk if shift else None, **words)
        except Refusal as refusal:
            refusal.field = {"receiver": "to_shift" if shift else "to", "actions": "entries"}.get(refusal.field, refusal.field)
            raise
        response = Response(self.shown(made.pk), status=201 if made.offered_at == at else 200)
        if response.status_code == 201:
            response["Location"] = request.build_absolute_uri(f"{request.path}{made.ref}/")
        return response


class ItemViewSet(Listed, Doors):
    """Items: one action on offer each, with its brief."""

    queryset = Item.objects.all()
    row, whole, id_name = ItemRow, ItemWhole, "item_id"
    filters, timed, sort = bodies.ItemFilters, ("late",), "offered_at"

    @extend_schema(parameters=[bodies.ItemFilters], responses=ItemRow(many=True))
    def list(self, request: Request) -> Any:
        """What your teams gave and were given, item by item, the latest offer first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Item], **wanted: Any) -> QuerySet[Item]:
        since, state, late = (wanted.pop(name, None) for name in ("updated_since", "state", "late"))
        named = {f"{name}__ref" if name in ("action", "handover") else name: value for name, value in wanted.items()}
        rows = rows.filter(**named)
        if state:
            rows = rows.filter(state__in=ON_OFFER) if state == "on_offer" else rows.filter(state=state)
        if late is not None:
            late_now = Item.objects.late(timezone.now()).values("pk")
            rows = rows.late(timezone.now()) if late else rows.exclude(pk__in=late_now)
        return rows.filter(action__in=actions_touched(since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=ItemWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One item with its brief, questions, and who has seen it."""
        pk = self.found()
        briefs = BriefRow.all_of(Brief.objects.filter(item=pk))  # one, or none where the handover was imported
        answers = AnswerRow.all_of(Answer.objects.filter(brief__item=pk))
        return Response(
            {
                **ItemRow.one_of(Item.objects, pk=pk),
                "brief": {**briefs[0], "answers": answers} if briefs else None,
                "queries": QueryRow.all_of(Query.objects.filter(item=pk)),
                "seen_by": SeenRow.all_of(Seen.objects.filter(item=pk).order_by("at")),
                "declines": DeclineRow.all_of(Decline.objects.filter(item=pk, undone_at__isnull=True).order_by("at")),
            }
        )

    @door(answers=ItemRow)
    def see(self, request: Request, ref: str) -> Response:
        """You opened what is on offer to you. Responsibility does not move."""
        return self.make(moves.see)

    @door(bodies.Acceptance, answers=ItemRow)
    def accept(self, request: Request, ref: str) -> Response:
        """Take responsibility, now. Two at once: one wins, the other is told who. Integrations never accept."""
        return self.make(moves.accept)

    @door(bodies.WithReason, answers=ItemRow)
    def decline(self, request: Request, ref: str) -> Response:
        """Say no, with the reason. Its giver still holds it."""
        return self.make(moves.decline)

    @door(answers=ItemRow)
    def undo_decline(self, request: Request, ref: str) -> Response:
        """Take back your own no within 30 seconds."""
        return self.make(moves.undo_decline)

    @door(bodies.Question, answers=ItemRow)
    def query(self, request: Request, ref: str) -> Response:
        """Ask before accepting. The time to accept runs on."""
        return self.make(moves.query)

    @door(bodies.Question, answers=ItemRow)
    def answer_query(self, request: Request, ref: str) -> Response:
        """Answer the open question, as the giver."""
        return self.make(moves.answer_query)

    @door(bodies.ReadBackAnswer, answers=ItemRow)
    def read_back(self, request: Request, ref: str) -> Response:
        """Answer a read-back, as the giver: right, or not quite."""
        return self.make(moves.answer_read_back)

    @door(bodies.PerhapsReason, answers=ItemRow, scope="offer")
    def withdraw(self, request: Request, ref: str) -> Response:
        """Take an offer back that nobody has accepted. A lead withdraws another's with a reason."""
        return self.make(moves.withdraw)

    @door(bodies.PerhapsReason, answers=ItemRow)
    def take_back(self, request: Request, ref: str) -> Response:
        """Take back what was accepted and is not seen through yet, as the giver."""
        return self.make(moves.take_back)

    @door(bodies.Reminder, answers=ItemRow)
    def remind(self, request: Request, ref: str) -> Response:
        """Set or drop your own reminder about something you passed on."""
        return self.make(moves.remind_me)

    @door(answers=ItemRow)
    def seen(self, request: Request, ref: str) -> Response:
        """You have seen the final outcome: the item leaves your watch list."""
        return self.make(moves.see_outcome)

    @door(bodies.WithReason, answers=ItemRow)
    def not_so(self, request: Request, ref: str) -> Response:
        """Object to a final outcome: the action is open again."""
        return self.make(moves.not_so)
