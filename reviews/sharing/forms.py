"""What a person chooses on the dashboard: the choices live in the address, so that a page can be kept, sent and gone back to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms

from accounts.models import Team
from common.widgets import DayInput
from handover.agreements.models import Agreement, Applies
from handover.catalog.models import HandoverPoint, Service
from handover.handovers.models import When
from reviews.sharing.measuring import Scope

PERIODS = {"": "Last 4 weeks", "1": "Last week", "12": "Last 12 weeks", "52": "Last year", "own": "From and to"}
USUAL = 4
ICONS = {"weeks": "calendar-time"}
LONGEST = timedelta(days=366 * 2)


class ScopeForm(forms.Form):
    """Which handovers. What is not understood is left out and said, and the page shows the usual period."""

    weeks = forms.ChoiceField(label="Period", choices=list(PERIODS.items()), required=False)
    since = forms.DateField(label="From", required=False, widget=DayInput)
    until = forms.DateField(label="To, this day included", required=False, widget=DayInput)
    service = forms.ModelChoiceField(label="Service", queryset=Service.objects.none(), required=False, empty_label="All services")
    point = forms.ModelChoiceField(label="Handover point", queryset=HandoverPoint.objects.none(), required=False, empty_label="All handover points")
    when = forms.ChoiceField(label="When", choices=[("", "During and between shifts"), *When.choices], required=False)
    agreement = forms.ModelChoiceField(label="Agreement", queryset=Agreement.objects.none(), required=False, empty_label="All agreements")

    def __init__(self, data: Any, *, team: Team, today: date) -> None:
        super().__init__(data)
        self.team, self.today = team, today
        fields: dict[str, Any] = self.fields
        fields["service"].queryset = Service.objects.filter(team=team)
        fields["point"].queryset = HandoverPoint.objects.filter(service__team=team)
        fields["agreement"].queryset = Agreement.objects.filter(team=team)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "This is before the first day. Choose a later one, for example " + f"{since:%-d %B %Y}.")
        if since and until and until - since > LONGEST:
            self.add_error("since", "At most two years at once. Choose a later first day.")
        return cleaned

    @property
    def scope(self) -> Scope:
        """The choice; whatever was not understood counts as not chosen."""
        chosen = self.cleaned_data if self.is_bound and (self.is_valid() or self.cleaned_data) else {}
        until = (chosen.get("until") or self.today) + timedelta(days=1)
        weeks, since = chosen.get("weeks") or "", chosen.get("since")
        if since is None or weeks.isdigit():
            since = until - timedelta(weeks=int(weeks) if weeks.isdigit() else USUAL)
        ids = {f"{name}_id": chosen[name].pk for name in ("service", "point", "agreement") if chosen.get(name)}
        return Scope(self.team.pk, since, until, when=chosen.get("when") or "", **ids)

    @property
    def pills(self) -> list[dict[str, Any]]:
        """Each choice as the page shows it: name, label, options, and whether anything but the usual is chosen. One statement."""
        offered = {"weeks": list(PERIODS.items()), "when": list(self.fields["when"].choices), **self._of_the_map()}  # type: ignore[attr-defined]
        return [
            {"name": name, "label": self.fields[name].label, "options": offered[name], "value": self.data.get(name, ""), "icon": ICONS.get(name, "")}
            for name in ("weeks", "service", "point", "when", "agreement")
        ]

    def _of_the_map(self) -> dict[str, list[tuple[str, str]]]:
        """Services, handover points and agreements of the team, each after “all”."""
        point = "handover_points"
        columns = ("pk", "name", point, f"{point}__letter", f"{point}__name", f"{point}__agreements", f"{point}__agreements__applies")
        rows = (
            Service.objects.filter(team=self.team).order_by("position", "name", "handover_points__letter", "handover_points__agreements").values_list(*columns)
        )
        found: dict[str, dict[str, str]] = {"service": {}, "point": {}, "agreement": {}}
        for service, name, point, letter, point_name, agreement, applies in rows:
            found["service"][str(service)] = name
            if point:
                found["point"][str(point)] = f"{name}: {letter}. {point_name}"
            if agreement:
                found["agreement"][str(agreement)] = f"{name}: {letter}. {point_name} ({Applies(applies).label})"
        return {field: [("", str(self.fields[field].empty_label)), *options.items()] for field, options in found.items()}  # type: ignore[attr-defined]

    @property
    def has_days(self) -> bool:
        return bool(self.data.get("since") or self.data.get("until"))

    @property
    def query(self) -> str:
        """The choice as it stands in the address, without what is not chosen."""
        return urlencode({name: self.data[name] for name in self.fields if self.is_bound and self.data.get(name)})
