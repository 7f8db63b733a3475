"""One rule for every text that enters the product, by page, API, filter or file."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.errors import Invalid

SURROGATE = re.compile("[\ud800-\udfff]")
LINE_BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]")


def clean_text(value: Any, *, max_length: int, lines: bool = False) -> str:
    """Return ``value`` without white space at its ends and otherwise exactly as it came.

    Refuses (``Invalid``) what is not text, what PostgreSQL cannot store (NUL, half of a surrogate pair), more than
    ``max_length`` characters, and line breaks unless ``lines``. Emoji, marks and writing from right to left are kept.
    """
    if not isinstance(value, str):
        raise Invalid("This must be text.")
    if "\0" in value:
        raise Invalid("This holds a NUL character, which cannot be stored.")
    if SURROGATE.search(value):
        raise Invalid("This holds half of a character (a lone surrogate), which cannot be stored.")
    text = value.strip()
    if len(text) > max_length:
        raise Invalid(f"This has {len(text):,} characters; at most {max_length:,} fit.")
    if not lines and LINE_BREAK.search(text):
        raise Invalid("This must be on one line.")
    return text


class CleanTextField(forms.CharField):
    """``clean_text`` for a form. Browsers send a line break as CR LF: it is stored as LF."""

    def __init__(self, *, max_length: int, lines: bool = False, **kwargs: Any) -> None:
        self.lines = lines
        if lines:
            kwargs.setdefault("widget", forms.Textarea)
        super().__init__(max_length=max_length, strip=True, **kwargs)

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return str(self.empty_value)
        text = str(value)
        try:
            return clean_text(text.replace("\r\n", "\n") if self.lines else text, max_length=self.max_length or 0, lines=self.lines)
        except Invalid as refusal:
            raise ValidationError(str(refusal), code="text") from None
