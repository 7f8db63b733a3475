"""Writes to the forms of a team: what its reviews ask. A review that is open keeps the questions that it opened with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts.models import Team, User
from audit import operations as audit
from common.errors import Invalid, StaleVersion
from reviews.events import Event
from reviews.reviewing import permissions
from reviews.reviewing.cycle_models import AnswerKind
from reviews.reviewing.models import FormQuestion, ReviewForm
from reviews.reviewing.standard import EVIDENCE, FORMS, USUAL

MOST_QUESTIONS, MOST_OPTIONS = 20, 6


@dataclass(frozen=True)
class Wording:
    """One question as a lead wants it."""

    question: str
    hint: str = ""
    kind: str = AnswerKind.SCALE
    options: Sequence[str] = ()
    evidence: Collection[str] = field(default_factory=tuple)


@transaction.atomic
def usual(team: Team, *, at: datetime) -> ReviewForm:
    """The team's forms are there from the first time that they are needed; return the one that it starts with."""
    kept: ReviewForm | None = ReviewForm.objects.filter(team=team).order_by("pk").first()
    if kept:
        return kept
    for name, asked in FORMS.items():
        form, is_new = ReviewForm.objects.get_or_create(team=team, name=name, defaults={"changed_at": at})
        if is_new:
            _write(form, [Wording(one.question, one.hint, one.kind, one.options, one.evidence) for one in asked])
    first: ReviewForm = ReviewForm.objects.get(team=team, name=USUAL)
    return first


@transaction.atomic
def change(*, form_id: int, by: User, at: datetime, name: str, questions: Sequence[Wording], revision: int) -> ReviewForm:
    """A lead changes a form. ``revision`` is the one that they read: raises ``StaleVersion`` where another lead was faster."""
    form: ReviewForm = ReviewForm.objects.select_for_update(no_key=True).get(pk=form_id)
    permissions.check_run(by, form.team_id)
    if revision != form.revision:
        raise StaleVersion("Another lead has changed these questions meanwhile.", possible="Read them, and change what you still want changed.")
    _check(questions)
    _check_name(form.team_id, name, but=form.pk)
    form.name, form.revision, form.changed_at, form.changed_by = name.strip(), form.revision + 1, at, by
    form.save(update_fields=["name", "revision", "changed_at", "changed_by"])
    form.questions.all().delete()
    _write(form, questions)
    audit.record(Event.REVIEW_FORM_CHANGED, actor=by, subject=form, team_id=form.team_id, at=at, data={"questions": len(questions)})
    return form


@transaction.atomic
def copy(*, form_id: int, by: User, at: datetime, name: str) -> ReviewForm:
    """Another form with the same questions, to be changed."""
    of = ReviewForm.objects.prefetch_related("questions").get(pk=form_id)
    permissions.check_run(by, of.team_id)
    _check_name(of.team_id, name)
    made = ReviewForm.objects.create(team_id=of.team_id, name=name.strip(), changed_at=at, changed_by=by)
    _write(made, [Wording(one.question, one.hint, one.kind, one.options, one.evidence) for one in of.questions.all()])
    audit.record(Event.REVIEW_FORM_CHANGED, actor=by, subject=made, team_id=made.team_id, at=at, data={"copied": of.pk})
    return made


def _check_name(team_id: int, name: str, but: int | None = None) -> None:
    if not name.strip():
        raise Invalid("Give the form a name.", field="name")
    if ReviewForm.objects.filter(team_id=team_id, name=name.strip()).exclude(pk=but).exists():
        raise Invalid("Your team has a form of this name already.", possible="Choose another name.", field="name")


def _check(questions: Sequence[Wording]) -> None:
    if not questions:
        raise Invalid("Keep at least one question.")
    if len(questions) > MOST_QUESTIONS:
        raise Invalid(f"At most {MOST_QUESTIONS} questions fit a review.", possible="Fewer are answered better.")
    for one in questions:
        if not one.question.strip():
            raise Invalid("Write the question.")
        if one.kind == AnswerKind.CHOICE and not 2 <= len(set(one.options)) <= MOST_OPTIONS:
            raise Invalid(f"“{one.question}” needs 2 to {MOST_OPTIONS} different answers to choose from.", possible="Write one on each line.")
        if unknown := sorted(set(one.evidence) - set(EVIDENCE)):
            raise Invalid(f"“{unknown[0]}” is no figure that can stand beside a question.")


def _write(form: ReviewForm, questions: Sequence[Wording]) -> None:
    FormQuestion.objects.bulk_create(
        FormQuestion(
            form=form,
            position=number,
            question=one.question.strip(),
            hint=one.hint.strip(),
            kind=AnswerKind(one.kind),
            options=list(dict.fromkeys(one.options)) if one.kind == AnswerKind.CHOICE else [],
            evidence=[name for name in EVIDENCE if name in one.evidence],
        )
        for number, one in enumerate(questions, start=1)
    )
