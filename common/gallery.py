"""The page that shows every part: for whoever builds a page, and for the tests that look at all of them at once."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.looks import LOOKS
from common.widgets import Cards, Described, MomentInput, Switch, TickCards

AMARA = Sample(display_name="Amara Osei", initials="AO", colour=0)
TOM = Sample(display_name="Tom Reid", initials="TR", colour=2)
DEV = Sample(display_name="Dev Patel", initials="DP", colour=5)
TONES = ("wait", "late", "ok", "info", "ask", "grey")


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="What was promised?", help_text="One sentence, as the customer heard it.")
    situation = forms.CharField(label="Situation", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    by = forms.DateTimeField(label="Promised to customer by", widget=MomentInput)
    urgency = forms.ChoiceField(label="Urgency", choices=[("routine", "Routine"), ("soon", "Soon"), ("urgent", "Urgent")])
    receiver = forms.ChoiceField(
        label="Night team, on from 22:45",
        widget=Cards(columns="two"),
        choices=[
            ("1", Described("Tom Reid", hint="Night receptionist. Can take all 3", person=TOM, holds=2)),
            ("2", Described("Dev Patel", hint="Cannot take the refund: the agreement says Finance.", person=DEV, holds=5, off=True)),
        ],
    )
    actions = forms.MultipleChoiceField(
        label="What",
        widget=TickCards,
        choices=[
            ("1", Described("Move Mrs Ellis from 214", hint="Due 23:30 · 9 of 9 details", ring=(9, 9))),
            ("2", Described("Gluten-free tray for 305", hint="Due Sun 06:15 · 2 details missing", ring=(7, 9))),
        ],
    )
    remind = forms.BooleanField(label="Remind me at the check time", required=False)
    mail = forms.BooleanField(label="E-mail", help_text="Also send me what needs me", widget=Switch, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].needed = "must"
        self.fields["situation"].needed = "should"


def rows(at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "title": "Choir coach is late: 14 rooms to check in after 22:45",
            "url": "#",
            "edge": "hotline",
            "state": "late",
            "state_text": "Not accepted, 14 min late",
            "ref": "HV-3126",
            "person": TOM,
            "person_text": "Tom Reid, early shift",
            "meta": ["Given 15:10"],
            "acts": [{"label": "In 10 min", "url": "#", "icon": "clock-pause", "post": True}, {"label": "Read and answer", "url": "#"}],
        },
        {"title": "Taxi for Mr Okafor", "url": "#", "ring": (7, 9), "text": "Promised a taxi at 04:10", "ref": "HV-3131", "due": at + timedelta(minutes=66)},
        {"title": "Email invoice to Thornton Ltd", "url": "#", "giver": AMARA, "receiver": DEV, "state": "accepted", "meta": ["Check Sun 09:00"]},
        {"title": "Marek asks: does the list include drinks?", "url": "#", "icon": "help-circle", "tone": "ask", "meta": ["Asked 22:12, 12 min ago."]},
    ]


def board(at: datetime) -> dict[str, Any]:
    slips = [
        {"title": "Burst main, Station Road", "url": "#", "tone": "late", "giver": AMARA, "receiver": TOM, "state": "late", "strong": "19 min late"},
        {"title": "Bottled water to 14 Quarry Row", "url": "#", "person": DEV, "name": "Dev", "text": "due 16:00"},
    ]
    return {
        "columns": [
            {"title": "Not accepted", "icon": "alert-triangle", "red": True, "slips": slips},
            {"title": "Completed", "icon": "circle-check", "slips": [], "none": "None yet."},
        ],
        "banner": {
            "headline": "36 min",
            "below": "to shift end, 23:00 GMT",
            "starts": "15:00",
            "middle": "Night team on from 22:45",
            "ends": "23:00",
            "used": 444,
            "total": 480,
            "facts": [{"icon": "user", "before": "You hold", "strong": "5 actions"}, {"icon": "checks", "strong": "3", "after": "ready to hand over"}],
            "url": "/handovers/new/",
            "label": "Start handover",
        },
        "steps": [
            {"number": 1, "title": "Add your team and shifts", "text": "8 people, 3 shifts.", "done": True, "url": "#", "label": "Change"},
            {"number": 2, "title": "Mark where information changes hands", "text": "Start from a ready-made map.", "url": "#", "label": "Mark", "main": True},
            {"number": 3, "title": "Try a practice handover", "text": "With sample customers.", "after": "After step 2"},
        ],
        "events": [{"at": at, "who": "Dev Patel", "what": "Accepted, responsible: Amara to Dev", "source": "page", "seal": "7c1e…a9"}],
        "briefs": [{"key": "HV-1", "label": "Mrs Ellis", "missing": 0}, {"key": "HV-2", "label": "Gluten-free tray", "missing": 2}],
    }


def sample_context(at: datetime) -> dict[str, Any]:
    return board(at) | {
        "states": list(LOOKS),
        "tones": TONES,
        "amara": AMARA,
        "tom": TOM,
        "wires": ("offered", "late", "queried", "accepted", "completed", "taken_back"),
        "rows": rows(at),
        "soon": at + timedelta(minutes=42),
        "past": at - timedelta(minutes=9),
        "next_day": at + timedelta(hours=30),
        "form": SampleForm(initial={"title": "A warm room", "receiver": "1"}),
        "wrong": SampleForm({"title": ""}, prefix="wrong"),
        "brief": [
            {"term": "Promised", "text": "A warm room by 23:30 tonight", "key": True, "icon": "user-check"},
            {"term": "By", "at": at + timedelta(minutes=42), "key": True, "icon": "clock"},
            {"term": "Situation", "text": "Room 214. Radiator cold since 21:00."},
            {"term": "Who else knows", "text": ""},
        ],
        "needs": [{"id": "id_title", "label": "Promise", "given": True}, {"id": "id_situation", "label": "Situation", "given": False}],
        "stages": [
            {"name": "Agreed", "text": "how and when", "mark": "d"},
            {"name": "Given", "text": "20:31", "mark": "d"},
            {"name": "Check", "text": "was due 22:15", "mark": "c", "icon": "bell-ringing"},
            {"name": "Outcome", "text": "not known yet", "mark": ""},
        ],
        "entries": [
            {"icon": "bell-ringing", "tone": "wait", "title": "Check due", "text": "Asked by itself at 22:15.", "at": at - timedelta(minutes=9)},
            {"icon": "user-check", "tone": "info", "title": "Dev read it back and accepted", "quote": "Reset zone 2 by 21:30.", "at": at - timedelta(hours=2)},
        ],
        "crumbs": [("My shift", "/"), ("Watch list", "/watch-list/"), ("HV-3108", "")],
        "facts": [("Customer", "Rooms 210 to 220"), ("Service", "Room faults")],
    }


@login_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component and every state, drawn from samples; reads nothing and writes nothing."""
    return render(request, "gallery.html", sample_context(timezone.now()))
