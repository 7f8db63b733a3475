"""What every page's view does with a form and a move."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from common.errors import Refusal


def attempt(form: forms.BaseForm, move: Callable[..., Any], **kwargs: Any) -> bool:
    """Make the move if the form was sent and is valid; tell whether it was made.

    The move gets ``kwargs`` and ``form.move_arguments()`` (without that method: the cleaned data). What it returns is
    kept as ``form.result``. A refusal becomes an error of the form, on its field where the form has it, and is kept as
    ``form.refusal``; what the person typed stays.
    """
    form.refusal = form.result = None
    if not (form.is_bound and form.is_valid()):
        return False
    arguments = form.move_arguments() if hasattr(form, "move_arguments") else form.cleaned_data
    try:
        form.result = move(**kwargs, **arguments)
    except Refusal as refusal:
        form.refusal = refusal
        form.add_error(refusal.field if refusal.field in form.fields else NON_FIELD_ERRORS, sentence_of(refusal))
        return False
    return True


def sentence_of(refusal: Refusal) -> str:
    """Why, and what would make it possible."""
    return f"{refusal} {refusal.possible}".strip()


def status_for(form: forms.BaseForm) -> int:
    """422 if what was sent has errors, else 200."""
    return 422 if form.is_bound and form.errors else 200
