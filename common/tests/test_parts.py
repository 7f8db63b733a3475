"""The small parts of a page, drawn."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from common.looks import LOOKS, look_of
from common.widgets import Cards, Described, Switch

AMARA = SimpleNamespace(display_name="Amara <Osei>", initials="AO", colour=3)
AT = datetime(2026, 11, 21, 22, 24, tzinfo=UTC)


def drawn(source: str, **context) -> str:
    return Template("{% load ui when fields shell %}" + source).render(Context(context))


def test_a_state_is_an_icon_and_a_word_and_text_is_escaped():
    chip = drawn('{% chip "offered" text %}', text="<b>22 min left")

    assert "sprite.svg#hourglass-high" in chip
    assert "&lt;b&gt;22 min left" in chip
    assert "Waiting to be accepted" in drawn('{% chip "offered" %}')


@pytest.mark.parametrize("state", LOOKS)
def test_every_state_is_drawn_as_a_chip_and_as_a_line(state):
    assert look_of(state).word in drawn("{% chip state %}", state=state)
    assert 'role="img"' in drawn("{% line who who state %}", state=state, who=AMARA)


def test_a_state_without_a_look_says_its_own_name():
    assert "Gone fishing" in drawn('{% chip "gone_fishing" %}')


def test_a_face_has_a_name_and_a_shift_or_the_pool_has_one_too():
    assert "Amara &lt;Osei&gt;" in drawn("{% person who %}", who=AMARA)
    assert "Night shift" in drawn("{% person who %}", who="Night shift")
    assert "Team pool" in drawn("{% person who %}", who=None)


def test_the_line_is_read_aloud():
    assert 'aria-label="Amara &lt;Osei&gt;, waiting for Night shift"' in drawn('{% line giver receiver "offered" %}', giver=AMARA, receiver="Night shift")


def test_a_ring_of_nothing_required_is_full():
    assert "0 of 0 required details given" in drawn("{% ring 0 0 %}")


def test_times_read_the_moment_of_the_page():
    assert drawn("{% when at_time %}", at=AT, at_time=AT + timedelta(minutes=66), zone=UTC).endswith(">23:30 UTC, in 1 h 6 min</time>")
    assert 'class="due red"' in drawn("{% due at_time %}", at=AT, at_time=AT - timedelta(minutes=9), zone=UTC)
    assert drawn("{% when nothing %}{% clock nothing %}{% due nothing %}", nothing=None) == ""


class OneOfEach(forms.Form):
    title = forms.CharField(help_text="One sentence.")
    receiver = forms.ChoiceField(widget=Cards, choices=[("1", Described("Tom", hint="holds <2>"))])
    mail = forms.BooleanField(widget=Switch, required=False)
    why = forms.CharField(widget=forms.Textarea)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_that_is_wrong_is_tied_to_its_hint_and_its_error():
    form = OneOfEach(QueryDict("title="), auto_id="id_%s")
    page = render_to_string("components/_form.html", {"form": form, "submit": "Save"})

    assert 'aria-describedby="id_title_hint id_title_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'href="#id_title"' in page
    assert 'href="#id_receiver_0"' in page and 'id="id_receiver_0"' in page
    assert "holds &lt;2&gt;" in page
    assert 'role="switch"' in page and 'class="switch"' in page


def test_a_field_whose_answer_must_travel_says_whether_it_is_given():
    form = OneOfEach(initial={"title": "A warm room"})
    form.fields["title"].needed = "must"
    form.fields["why"].needed = "should"

    given = render_to_string("components/_field.html", {"field": form["title"]})
    missing = render_to_string("components/_field.html", {"field": form["why"]})

    assert "data-missing hidden" in given and "data-given hidden" not in given
    assert "data-given hidden" in missing and "data-missing hidden" not in missing


@pytest.mark.parametrize("cookie", ["dark", "light", "system", '"><script>'])
def test_the_theme_of_this_device_is_only_ever_one_that_we_know(cookie):
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    attribute = drawn("{% theme_attribute %}", request=request)

    assert attribute == (f' data-theme="{cookie}"' if cookie in {"dark", "light"} else "")


@pytest.mark.parametrize("page", ["404", "403", "400", "csrf", "offline", "500", "unavailable"])
def test_an_error_page_needs_nothing(page):
    assert "<h1" in render_to_string(f"errors/{page}.html")


def test_a_choice_may_open_its_own_fields_and_one_that_is_closed_says_why():
    class Answer(forms.Form):
        answer = forms.ChoiceField(
            widget=Cards,
            choices=[
                ("accept", Described("Accept", data={"show": "accept", "label": "Accept and take it over"})),
                ("later", Described("Later", hint="Not in this agreement.", closed=True)),
            ],
        )

    page = render_to_string("components/_field.html", {"field": Answer()["answer"]})

    assert 'data-show="accept"' in page and 'data-label="Accept and take it over"' in page
    assert page.count("disabled") == 1 and "Not in this agreement." in page
