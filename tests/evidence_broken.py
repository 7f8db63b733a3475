"""A row of everything about evidence, and what the database refuses of it (see test_constraints.py)."""

from collections.abc import Callable
from datetime import timedelta

from django.db import models

from accounts.models import User
from reviews.evidence.models import Evidence, EvidenceChoice, EvidenceLink, EvidenceStatement
from tests.breaking import change, twin
from tests.stories import FOUR_PM, hours


def make_evidence_rows(owner: User) -> None:
    Evidence.objects.create(owner=owner, on_since=FOUR_PM, since=FOUR_PM.date())
    EvidenceChoice.objects.create(owner=owner, criterion="A-P5", event=1, happened_at=FOUR_PM, picked=True, chosen_at=FOUR_PM)
    EvidenceStatement.objects.create(owner=owner, criterion="A-K1", words="I know where they stand.", written_at=FOUR_PM)
    EvidenceLink.objects.create(owner=owner, name="Ms Ford", digest="x", hint="x", content={}, made_at=FOUR_PM, expires_at=FOUR_PM + hours(24))


BREAKS: dict[str, Callable[[], object]] = {
    "evidence_period_has_its_order": change(Evidence.objects, until=FOUR_PM.date() - timedelta(days=1)),
    "evidence_chosen_once": twin(EvidenceChoice),
    "evidence_one_statement_each": twin(EvidenceStatement),
    "evidence_link_expires_after_it_is_made": change(EvidenceLink.objects, expires_at=models.F("made_at")),
    "evidence_link_revoked_shows_nothing": change(EvidenceLink.objects, revoked_at=FOUR_PM),
}
