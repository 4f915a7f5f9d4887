"""Pay runs and their files through the API; an accountant's program finds runs, totals and files, and no line."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from payroll import exports
from payroll.models import ExportFile, ExportTarget, PayLine, PayRun, RunTotal
from payroll.policies import visible_files, visible_lines, visible_runs, visible_totals
from practice.api.base import Between, Refusal, Resource, Rows, spanned

_SEES = ("payroll:view", "payroll:totals", "payroll:own")
_LINES = ("payroll:view", "payroll:own")
_FILES = ("payroll:view", "payroll:totals")
_MADE = 201


class RunOut(serializers.ModelSerializer[PayRun]):
    """A pay run. `gross` and `held` are dollars before taxes, of everybody in it."""

    schedule = serializers.CharField(source="schedule.name")

    class Meta:
        model = PayRun
        fields = (
            "id", "schedule", "kind", "starts_on", "ends_on", "pay_on", "status", "people", "gross", "held",
            "computed_at", "approved_at", "exported_at", "locked_at",
        )  # fmt: skip


class OwnRunOut(RunOut):
    """A run as somebody sees it who is paid by it: without what the others get."""

    class Meta(RunOut.Meta):
        fields = tuple(name for name in RunOut.Meta.fields if name not in {"people", "gross", "held"})  # type: ignore[assignment]


@extend_schema_view(get=extend_schema(operation_id="pay_runs", summary="Pay runs by pay date", parameters=[Between]))
class Runs(Rows):
    """Pay runs; with `payroll:own` the computed ones that pay oneself."""

    needs = _SEES
    query = Between
    serializer_class = RunOut
    queryset = PayRun.objects.none()

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        """The figures of a whole run are for those who see everybody's."""
        fake = getattr(self, "swagger_fake_view", False)
        return RunOut if fake or self.actor.may(*_FILES) else OwnRunOut

    def rows(self) -> QuerySet[PayRun]:
        """Those the caller may see, of the pay dates asked for."""
        found = visible_runs(self.actor).filter(**spanned(self.asked(), "pay_on"))
        return found.select_related("schedule")


class TotalOut(serializers.ModelSerializer[RunTotal]):
    """Lines of one person, rule and code added up: no session, no day of service, no client."""

    clinician = serializers.CharField(source="clinician.name")
    rule = serializers.CharField(source="rule.name", default="")

    class Meta:
        model = RunTotal
        fields = (
            "id", "clinician_id", "clinician", "tax_class", "rule", "kind", "code", "is_adjustment", "count",
            "sessions", "quantity", "basis", "amount", "held_count", "held",
        )  # fmt: skip


class LineOut(serializers.ModelSerializer[PayLine]):
    """One event under one rule version, with how it came about."""

    steps = serializers.ListField(child=serializers.DictField(child=serializers.CharField()), read_only=True)

    class Meta:
        model = PayLine
        fields = (
            "id", "clinician_id", "kind", "event_kind", "code", "happened_on", "service_on", "attendance_id",
            "charge_id", "quantity", "basis", "counted", "rate", "amount", "is_held", "is_adjustment", "words", "steps",
        )  # fmt: skip


class OfARun(Rows):
    """Rows of one run that the caller may see; 404 for any other run."""

    def run(self) -> PayRun:
        """The run of the address."""
        found = visible_runs(self.actor).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found


@extend_schema_view(get=extend_schema(operation_id="pay_run_totals", summary="Totals of a run"))
class Totals(OfARun):
    """Everybody's totals by rule and code, or one's own."""

    needs = _SEES
    serializer_class = TotalOut
    queryset = RunTotal.objects.none()

    def rows(self) -> QuerySet[RunTotal]:
        """Of this run."""
        return visible_totals(self.actor).filter(run=self.run()).select_related("clinician", "rule")


@extend_schema_view(get=extend_schema(operation_id="pay_run_lines", summary="Lines of a run"))
class Lines(OfARun):
    """Everybody's lines, or one's own."""

    needs = _LINES
    serializer_class = LineOut
    queryset = PayLine.objects.none()

    def rows(self) -> QuerySet[PayLine]:
        """Of this run."""
        return visible_lines(self.actor).filter(run=self.run())


class FileOut(serializers.ModelSerializer[ExportFile]):
    """A file for a payroll provider, with what it pays."""

    class Meta:
        model = ExportFile
        fields = ("id", "run_id", "target", "filename", "people", "amount", "made_at", "made_by_name")


class FileIn(serializers.Serializer[Any]):
    """Which provider's file to make."""

    target = serializers.ChoiceField(choices=ExportTarget.choices)


@extend_schema_view(get=extend_schema(operation_id="pay_run_files", summary="Files of a run"))
class Files(OfARun):
    """The files of a run; making one exports an approved run, and gives the same bytes when asked again."""

    needs = _FILES
    serializer_class = FileOut
    queryset = ExportFile.objects.none()

    def rows(self) -> QuerySet[ExportFile]:
        """Of this run."""
        return visible_files(self.actor).filter(run=self.run())

    @extend_schema(
        operation_id="make_pay_run_file",
        summary="Make a file of an approved run",
        request=FileIn,
        responses={201: FileOut, 422: Refusal},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Makes the provider's file; 422 with all that must be entered first."""
        run, asked = self.run(), FileIn(data=request.data)
        asked.is_valid(raise_exception=True)
        target = asked.validated_data["target"]
        made = exports.export_run(run=run, target=target, actor=self.actor, practice=self.practice)
        return Response(FileOut(made.row).data, status=_MADE)


class FileContent(Resource):
    """The bytes of a file, as they were made."""

    needs = _FILES

    @extend_schema(
        operation_id="pay_file",
        summary="Download a file",
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The file."""
        found = exports.download(actor=self.actor, export_file_id=pk)
        heads = {"Content-Disposition": f'attachment; filename="{found.row.filename}"'}
        return HttpResponse(found.content, content_type="text/csv", headers=heads)


urlpatterns: list[URLPattern] = [
    path("payroll/runs/", Runs.as_view(), name="api_pay_runs"),
    path("payroll/runs/<int:pk>/totals/", Totals.as_view(), name="api_pay_run_totals"),
    path("payroll/runs/<int:pk>/lines/", Lines.as_view(), name="api_pay_run_lines"),
    path("payroll/runs/<int:pk>/files/", Files.as_view(), name="api_pay_run_files"),
    path("payroll/files/<int:pk>/", FileContent.as_view(), name="api_pay_file"),
]
