"""Writes to suggestions: made by anybody, seen and answered by a lead, discussed by everybody. Whoever is concerned is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Invalid
from handover.due import operations as due
from handover.notifications import operations as notifications
from handover.notifications.models import Kind
from handover.shifts.queries import lead_ids
from reviews.events import Event
from reviews.suggestions import permissions
from reviews.suggestions.models import Decision, Suggestion, SuggestionWords
from reviews.suggestions.places import page_of_ours


@transaction.atomic
def suggest(*, team: Team, by: User, at: datetime, words: str, about_path: str = "") -> Suggestion:
    """Anybody of the team has an idea; the leads are told. An address that is none of ours is left out, not refused."""
    permissions.check_suggest(by, team.pk)
    _check_words(words, "Say what could be better.")
    made = Suggestion.objects.create(team=team, author=by, words=words, about_path=page_of_ours(about_path), created_at=at)
    _tell(Kind.SUGGESTED, made, to=lead_ids(team.pk, at), by=by, at=at)
    audit.record(Event.SUGGESTED, actor=by, subject=made, team_id=team.pk, at=at, data={"about": made.about_path})
    return made


@transaction.atomic
def see(*, suggestion_id: int, by: User, at: datetime) -> None:
    """A lead has opened it: its author sees that. Only the first time counts, and only of a lead who is not its author."""
    suggestion = _lock(suggestion_id)
    if suggestion.seen_at or suggestion.author_id == by.pk or not permissions.may_answer(by, suggestion.team_id):
        return
    suggestion.seen_at, suggestion.seen_by = at, by
    suggestion.save(update_fields=["seen_at", "seen_by"])
    audit.record(Event.SUGGESTION_SEEN, actor=by, subject=suggestion, team_id=suggestion.team_id, at=at)


@transaction.atomic
def discuss(*, suggestion_id: int, by: User, at: datetime, words: str) -> SuggestionWords:
    """Say something about it; its author, and who has said something before, are told."""
    suggestion = _lock(suggestion_id)
    permissions.check_suggest(by, suggestion.team_id)
    _check_words(words, "Write what you think of it.")
    before = suggestion.discussion.values_list("by_id", flat=True)
    said = SuggestionWords.objects.create(suggestion=suggestion, by=by, words=words, at=at)
    _tell(Kind.SUGGESTION_DISCUSSED, suggestion, to=[suggestion.author_id, *before], by=by, at=at)
    audit.record(Event.SUGGESTION_DISCUSSED, actor=by, subject=suggestion, team_id=suggestion.team_id, at=at, data={"words": said.pk})
    return said


@transaction.atomic
def answer(*, suggestion_id: int, by: User, at: datetime, decision: str, words: str = "") -> Suggestion:
    """A lead says what becomes of it; *not now* says why. Its author is told, and who discussed it."""
    suggestion = _lock(suggestion_id)
    permissions.check_answer(by, suggestion.team_id)
    if decision == Decision.NOT_NOW and not words.strip():
        raise Invalid("Say why not now.", possible="One sentence is enough; whoever suggested it reads it.", field="words")
    suggestion.decision, suggestion.answer, suggestion.answered_at, suggestion.answered_by = Decision(decision), words, at, by
    suggestion.seen_at, suggestion.seen_by = suggestion.seen_at or at, suggestion.seen_by or by
    suggestion.save(update_fields=["decision", "answer", "answered_at", "answered_by", "seen_at", "seen_by"])
    notifications.settle(suggestion, kinds=[Kind.SUGGESTED], at=at)
    _tell(Kind.SUGGESTION_ANSWERED, suggestion, to=[suggestion.author_id, *suggestion.discussion.values_list("by_id", flat=True)], by=by, at=at)
    audit.record(Event.SUGGESTION_ANSWERED, actor=by, subject=suggestion, team_id=suggestion.team_id, at=at, data={"decision": suggestion.decision})
    return suggestion


def _lock(suggestion_id: int) -> Suggestion:
    return Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion_id)


def _check_words(words: str, sentence: str) -> None:
    if not words.strip():
        raise Invalid(sentence, field="words")


def _tell(kind: Kind, suggestion: Suggestion, *, to: list[int], by: User, at: datetime) -> None:
    notifications.tell(kind, to=to, about=suggestion, at=at, by=by, team_id=suggestion.team_id, words=suggestion.words)
    due.ring()
