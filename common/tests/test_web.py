import pytest
from django import forms

from common import web
from common.errors import Invalid, InvalidTransition, NotAllowed, ReadBackNeeded, StaleVersion
from common.permissions import allowed


class Brief(forms.Form):
    situation = forms.CharField()
    read_back = forms.CharField(required=False)


class Answer(Brief):
    def move_arguments(self):
        return {"text": self.cleaned_data["situation"]}


def refuse(refusal):
    def move(**kwargs):
        raise refusal

    return move


def test_an_untouched_form_attempts_nothing():
    form = Brief()
    assert not web.attempt(form, refuse(AssertionError))
    assert web.status_for(form) == 200


def test_a_mistake_in_the_form_attempts_nothing():
    form = Brief({"situation": ""})
    assert not web.attempt(form, refuse(AssertionError))
    assert web.status_for(form) == 422


def test_the_move_gets_what_the_view_knows_and_what_the_person_typed():
    form = Brief({"situation": "Guest waits"})
    assert web.attempt(form, dict, by="ana")
    assert form.result == {"by": "ana", "situation": "Guest waits", "read_back": ""}
    assert web.status_for(form) == 200


def test_a_form_may_shape_its_arguments():
    form = Answer({"situation": "Guest waits"})
    assert web.attempt(form, dict, by="ana")
    assert form.result == {"by": "ana", "text": "Guest waits"}


def test_a_refusal_is_an_error_of_the_form_and_what_was_typed_stays():
    form = Brief({"situation": "Guest waits"})
    refusal = NotAllowed("Only a lead may do this.", possible="Ask Leila.")
    assert not web.attempt(form, refuse(refusal))
    assert form.refusal is refusal
    assert form.non_field_errors() == ["Only a lead may do this. Ask Leila."]
    assert form["situation"].value() == "Guest waits"
    assert web.status_for(form) == 422


def test_a_refusal_stands_on_its_field_where_the_form_has_it():
    form = Brief({"situation": "Guest waits"})
    web.attempt(form, refuse(ReadBackNeeded("Read it back in your own words.")))
    assert form.errors["read_back"] == ["Read it back in your own words."]
    form = Brief({"situation": "Guest waits"})
    web.attempt(form, refuse(Invalid("No such room.", field="room")))
    assert form.non_field_errors() == ["No such room."]


def test_asking_is_not_being_stopped():
    assert allowed(lambda: None)
    assert not allowed(refuse(NotAllowed("No.")))
    assert not allowed(refuse(InvalidTransition("Not from here.")))
    with pytest.raises(ZeroDivisionError):
        allowed(lambda number: 1 / number, 0)


def test_a_stale_version_has_one_status_for_pages_and_one_for_the_api():
    assert (StaleVersion("Old.").status, StaleVersion("Old.").api_status) == (409, 412)
    assert (NotAllowed("No.").status, NotAllowed("No.").api_status) == (403, 403)
