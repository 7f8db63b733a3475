"""What the database refuses of improvements, with the rows that it is tried on."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import Team, User
from handover.agreements.models import Agreement
from handover.catalog.models import Service
from reviews.improvements.models import Consent, Improvement, Judgement, OtherChange, Prompt
from tests.breaking import change, twin
from tests.stories import FOUR_PM

BREAKS = {
    "improvement_agreed_has_its_time": change(Improvement.objects, state="agreed", agreed_at=None),
    "improvement_done_has_its_day": change(Improvement.objects, done_on=FOUR_PM.date()),
    "improvement_ended_has_its_time": change(Improvement.objects, ended_at=FOUR_PM),
    "improvement_measured_in_one_place": lambda: change(Improvement.objects, service=Service.objects.first(), agreement=Agreement.objects.first())(),
    "consent_one_each": twin(Consent),
    "consent_has_its_time": change(Consent.objects, says="agree", answered_at=None),
    "consent_says_why_not_yet": change(Consent.objects, says="not_yet", answered_at=FOUR_PM, words=""),
    "judgement_one_last_word": twin(Judgement),
    "prompt_one_of_each": twin(Prompt),
}


def make_improvement_rows(by: User, team: Team) -> None:
    due_on = FOUR_PM.date() + timedelta(days=9)
    made = Improvement.objects.create(
        team=team, change="Ask for two readings", owner=by, due_on=due_on, figure="missing", target=0.1, created_by=by, created_at=FOUR_PM
    )
    Consent.objects.create(improvement=made, colleague=by, asked_at=FOUR_PM)
    OtherChange.objects.create(improvement=made, by=by, words="Two advisers joined", at=FOUR_PM)
    Judgement.objects.create(improvement=made, verdict="keep", by=by, at=FOUR_PM)
    Prompt.objects.create(improvement=made, what="answer", due_at=FOUR_PM)
