import pytest
from django import forms
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st
from rest_framework import serializers

from common import api
from common.errors import Invalid
from common.text import CleanTextField, clean_text

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)  # NUL and surrogates too
STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


@given(ANYTHING)
@example("a\0b")
@example("\ud800")
@example("half a pair \udc00")
def test_what_cannot_be_stored_is_refused_and_nothing_else(text):
    storable = "\0" not in text and not any(0xD800 <= ord(character) <= 0xDFFF for character in text)
    if storable:
        assert clean_text(text, max_length=60, lines=True) == text.strip()
    else:
        with pytest.raises(Invalid):
            clean_text(text, max_length=60, lines=True)


@given(STORABLE)
@example("👩🏽‍💻 emoji with joiners")
@example("שלום עולם مرحبا \u202eright to left\u202c")
@example("zero\u200bwidth and e\u0301")
@pytest.mark.django_db
def test_what_is_kept_goes_through_the_database_unchanged(text):
    from_database = connection_echo(clean_text(text, max_length=60, lines=True))
    assert from_database == text.strip()


def connection_echo(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text", [text])
        return cursor.fetchone()[0]


def test_length_counts_characters_after_trimming():
    assert clean_text("  " + "é" * 5 + " ", max_length=5) == "é" * 5
    with pytest.raises(Invalid, match="6 characters; at most 5"):
        clean_text("é" * 6, max_length=5)


@pytest.mark.parametrize("text", ["two\nlines", "two\r\nlines", "two\u2028lines", "form\ffeed", "next\x85line"])
def test_one_line_means_one_line(text):
    with pytest.raises(Invalid, match="one line"):
        clean_text(text, max_length=50)
    assert clean_text(text, max_length=50, lines=True) == text


@pytest.mark.parametrize("value", [7, 1.5, True, None, [], {}, b"bytes"])
def test_only_text_is_text(value):
    with pytest.raises(Invalid, match="must be text"):
        clean_text(value, max_length=50)


class Note(forms.Form):
    title = CleanTextField(max_length=10)
    text = CleanTextField(max_length=50, lines=True, required=False)


def test_a_form_stores_a_browsers_line_breaks_as_one_character():
    form = Note({"title": " Call back ", "text": "one\r\ntwo"})
    assert form.is_valid()
    assert form.cleaned_data == {"title": "Call back", "text": "one\ntwo"}


@pytest.mark.parametrize("title", ["", "   ", "much too long a title", "nul\0", "\ud800", "a\nb"])
def test_a_form_says_what_is_wrong_on_the_field(title):
    form = Note({"title": title})
    assert not form.is_valid()
    assert list(form.errors) == ["title"]


class NoteIn(serializers.Serializer):
    title = api.CleanTextField(max_length=10)
    text = api.CleanTextField(max_length=50, lines=True, allow_blank=True, required=False)
    maybe = api.CleanTextField(max_length=50, allow_null=True, required=False)


def test_a_serializer_trims_and_otherwise_keeps_what_came():
    body = NoteIn(data={"title": " Call 👋 ", "text": "one\r\ntwo", "maybe": None})
    assert body.is_valid(), body.errors
    assert body.validated_data == {"title": "Call 👋", "text": "one\r\ntwo", "maybe": None}


@pytest.mark.parametrize("title", ["", "   ", "much too long a title", "nul\0", "\ud800", "a\nb", 7, True, 1.5, [], {}, None])
def test_a_serializer_says_what_is_wrong_on_the_field(title):
    body = NoteIn(data={"title": title})
    assert not body.is_valid()
    assert list(body.errors) == ["title"]
