"""The rota by the REST API: patterns are read, and a file is looked at or brought in by who may plan."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters
from accounts.models import Team, User
from accounts.rows import PersonRow
from audit.queries import touched
from common.api import CleanTextField
from common.bodies import Body, IdField, VisibleField, YesNoField
from common.errors import Invalid
from handover.imports import rota_operations
from handover.imports.rota_matching import Preview
from handover.imports.rota_reading import MOST_BYTES
from handover.shifts.models import ShiftPattern
from handover.shifts.rota_rows import PatternExceptionRow, PatternRow, PatternWhole, RotaImportWhole


class PatternFilters(SinceFilters):
    team = IdField(required=False)
    current = YesNoField(required=False, help_text="Only those that have not ended, or that have.")


class PatternViewSet(Listed, Doors):
    """The shifts that repeat, of the teams that you see."""

    queryset = ShiftPattern.objects.all()
    lookup_field, lookup_value_regex = "pk", "[1-9][0-9]{0,17}"
    row, whole, filters = PatternRow, PatternWhole, PatternFilters
    sort, sort_descending = "first_day", False

    @extend_schema(parameters=[PatternFilters], responses=PatternRow(many=True))
    def list(self, request: Request) -> Any:
        """The shift patterns of the teams that you see."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[ShiftPattern], **wanted: Any) -> QuerySet[ShiftPattern]:
        since = wanted.pop("updated_since", None)
        if "current" in wanted:
            wanted["ended_at__isnull"] = wanted.pop("current")
        rows = rows.filter(**wanted)
        return rows.filter(Q(pk__in=touched(ShiftPattern, since, self.request.user.team_ids()))) if since else rows

    @extend_schema(responses=PatternWhole)
    def retrieve(self, request: Request, pk: str) -> Response:
        """One pattern with its usual crew, the weeks of its rotation and its exceptions."""
        found = ShiftPattern.objects.prefetch_related("weeks__crew").get(pk=self.found())
        weeks = [{"number": week.number, "weekdays": week.weekdays, "crew": _people(week.crew.all())} for week in found.weeks.all()]
        more = {"crew": _people(found.crew.all()), "weeks": weeks, "exceptions": PatternExceptionRow.all_of(found.exceptions.all())}
        return Response({**PatternRow.one_of(ShiftPattern.objects, pk=found.pk), **more})


def _people(users: QuerySet[User]) -> Any:
    return PersonRow.all_of(User.objects.filter(pk__in=[user.pk for user in users]).order_by("display_name", "pk"))


class RotaFile(Body):
    team = VisibleField(Team.objects.visible_to, help_text="The id of the team whose rota it is.")
    file = CleanTextField(max_length=MOST_BYTES, lines=True, help_text="The text of a CSV or iCal file.")
    dry_run = YesNoField(default=True, help_text="Only say what it would do.")


class RotaViewSet(Doors):
    """A rota as a whole."""

    queryset = ShiftPattern.objects.none()
    row = RotaImportWhole

    @extend_schema(request=RotaFile, responses=RotaImportWhole)
    def create(self, request: Request) -> Response:
        """Look at a rota in CSV or iCal, or bring it in: all of it or nothing, and twice is once. For leads of the team."""
        words, at = self.words(RotaFile), timezone.now()
        team, by = words["team"], request.user
        seen = rota_operations.look(team=team, by=by, at=at, raw=words["file"].encode())
        if not words["dry_run"]:
            if seen.problems:
                raise Invalid("The file has problems; nothing was changed.", possible="Send it with `dry_run` to see them by row.", field="file")
            rota_operations.bring_in(team=team, by=by, at=at, entries=seen.entries(), digest=seen.digest())
        return Response(_shown(seen, dry_run=words["dry_run"]))


def _shown(seen: Preview, *, dry_run: bool) -> dict[str, Any]:
    steps = [
        {
            "row": step.entry.row,
            "becomes": step.kind,
            "shift": step.shift.ref if step.shift else None,
            "name": step.entry.name,
            "starts_at": step.entry.starts_at,
            "ends_at": step.entry.ends_at,
            "on": list(step.on),
            "off": list(step.off),
        }
        for step in seen.steps
    ]
    problems = [{"row": problem.row, "words": problem.words} for problem in seen.problems]
    counts = {kind: seen.count(kind) for kind in ("new", "changed", "same", "over")}
    return {"dry_run": dry_run, **counts, "problems": problems, "shifts": steps}
