"""Shift reports by the REST API, each named by its shift."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.doors import Doors, Listed, SinceFilters, door
from audit.queries import touched
from common.api import CleanTextField
from common.bodies import Body, ChoiceField, IdField, YesNoField
from handover.reports import operations, queries
from handover.reports.content import content_of
from handover.reports.models import ReportAddendum, ReportSignature, ShiftReport, Side
from handover.reports.rows import AddendumRow, ReportRow, ReportWhole, SignatureRow
from handover.shifts.models import Shift


class ReportSigned(Body):
    """The outgoing side signs first. Who is on neither shift signs on behalf of a colleague who is absent, with a reason."""

    side = ChoiceField(choices=Side.choices)
    on_behalf_of = IdField(required=False, allow_null=True, help_text="The id of a colleague on that shift.")
    reason = CleanTextField(max_length=300, required=False, allow_blank=True)


class ReportAdded(Body):
    text = CleanTextField(max_length=2_000, lines=True)


class ReportFilters(SinceFilters):
    team = IdField(required=False)
    signed = YesNoField(required=False, help_text="True: by both sides; false: shifts that have ended and lack a signature. Without it: what is fixed.")


class ReportViewSet(Listed, Doors):
    """The record of each shift: notes, what was taken, given, received and completed, and what is still open."""

    queryset = Shift.objects.all()
    row, whole, id_name = ReportRow, ReportWhole, "shift_id"
    filters, timed, sort = ReportFilters, ("signed",), "starts_at"

    @extend_schema(parameters=[ReportFilters], responses=ReportRow(many=True))
    def list(self, request: Request) -> Any:
        """Reports of the teams that you see, the latest shift first."""
        return super().list(request)

    def narrowed(self, rows: QuerySet[Shift], **wanted: Any) -> QuerySet[Shift]:
        since, signed = (wanted.pop(name, None) for name in ("updated_since", "signed"))
        rows = rows.filter(**wanted)
        if signed is False:
            rows = queries.with_crew(queries.unsigned(rows.filter(ends_at__lte=timezone.now())))
        else:
            rows = rows.filter(report__isnull=False)
        if signed:
            rows = rows.exclude(pk__in=queries.unsigned(Shift.objects.all()).values("pk"))
        return rows.filter(pk__in=touched(Shift, since, self.request.user.team_ids())) if since else rows

    @extend_schema(responses=ReportWhole)
    def retrieve(self, request: Request, ref: str) -> Response:
        """One report: as it was signed, or as the shift stands now."""
        pk = self.found()
        report = ShiftReport.objects.filter(shift=pk).first()
        now = timezone.now()
        content = report.content if report else content_of(queries.gather(Shift.objects.select_related("team").get(pk=pk), at=now))
        signatures = SignatureRow.all_of(ReportSignature.objects.filter(report__shift=pk).order_by("at", "pk"))
        addenda = AddendumRow.all_of(ReportAddendum.objects.filter(report__shift=pk).order_by("at", "pk"))
        pdf = request.build_absolute_uri(reverse("reports:pdf", args=[ref]))
        return Response({**ReportRow.one_of(Shift.objects, pk=pk), "content": content, "signatures": signatures, "addenda": addenda, "pdf": pdf})

    @door(ReportSigned, answers=ReportRow)
    def sign(self, request: Request, ref: str) -> Response:
        """Sign for one side. With the outgoing signature the report is fixed."""
        return self.make(operations.sign)

    @door(ReportAdded, answers=ReportRow)
    def add(self, request: Request, ref: str) -> Response:
        """Add to a fixed report, or correct it: what was signed stays as it is."""
        return self.make(operations.add)
