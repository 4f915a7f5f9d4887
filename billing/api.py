"""Claims, remittances and charges through the API."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from billing.claims.policies import visible_claims
from billing.models import Charge, Claim, ClaimLine, Remittance
from billing.money.policies import visible_clients
from billing.remittances.policies import visible_remittances
from practice.api.base import Between, Rows, spanned


class ClaimLineOut(serializers.ModelSerializer[ClaimLine]):
    """One service line, in dollars."""

    class Meta:
        model = ClaimLine
        fields = ("position", "charge_id", "code", "modifiers", "units", "amount", "service_on")


class ClaimOut(serializers.ModelSerializer[Claim]):
    """A claim with its lines; `number` is the patient control number it was last sent with.

    `attendance_id` is the first of the sessions it asks for, `service_on` its day.
    """

    payer = serializers.CharField(source="payer.name")
    last_on = serializers.DateField(help_text="The day of its last session.")
    attendance_ids = serializers.SerializerMethodField()
    lines = ClaimLineOut(many=True)

    class Meta:
        model = Claim
        fields = (
            "id", "number", "frequency", "payer_control_number", "replaces_id", "status", "attendance_id",
            "attendance_ids", "client_id", "payer_id", "payer", "rendering_id", "total", "service_on", "last_on",
            "file_by", "made_at", "sent_at", "lines",
        )  # fmt: skip

    def get_attendance_ids(self, claim: Claim) -> list[int]:
        """All its sessions."""
        return sorted(one.attendance_id for one in claim.sessions.all())


@extend_schema_view(get=extend_schema(operation_id="claims", summary="Claims by day of service", parameters=[Between]))
class Claims(Rows):
    """Claims for services of the given days."""

    needs = ("claims:view",)
    query = Between
    serializer_class = ClaimOut
    queryset = Claim.objects.none()

    def rows(self) -> QuerySet[Claim]:
        """Those the caller may see, of the days asked for."""
        found = visible_claims(self.actor).filter(**spanned(self.asked(), "service_on"))
        return found.select_related("payer").prefetch_related("lines", "sessions")


class RemittanceOut(serializers.ModelSerializer[Remittance]):
    """One payment of a payer: what its 835 said, and what became of it here."""

    class Meta:
        model = Remittance
        fields = (
            "id", "payer_id", "payer_name", "trace", "originator", "method", "amount", "paid_on", "claim_count",
            "status", "received_at", "posted_at", "is_sandbox",
        )  # fmt: skip


@extend_schema_view(
    get=extend_schema(operation_id="remittances", summary="Remittances by payment date", parameters=[Between])
)
class Remittances(Rows):
    """Remittances of the given payment dates."""

    needs = ("remittances:view",)
    query = Between
    serializer_class = RemittanceOut
    queryset = Remittance.objects.none()

    def rows(self) -> QuerySet[Remittance]:
        """Those the caller may see, of the days asked for."""
        return visible_remittances(self.actor).filter(**spanned(self.asked(), "paid_on"))


class ChargeOut(serializers.ModelSerializer[Charge]):
    """What a session cost, and whom it was charged to: `payer_id` is empty where the client pays alone."""

    class Meta:
        model = Charge
        fields = (
            "id", "attendance_id", "client_id", "clinician_id", "payer_id", "kind", "code", "modifiers", "units",
            "amount", "service_on", "made_at", "undone_at",
        )  # fmt: skip


@extend_schema_view(
    get=extend_schema(operation_id="charges", summary="Charges by day of service", parameters=[Between])
)
class Charges(Rows):
    """Charges for services of the given days; those taken back say when."""

    needs = ("money:view",)
    query = Between
    serializer_class = ChargeOut
    queryset = Charge.objects.none()

    def rows(self) -> QuerySet[Charge]:
        """Those of clients whose account the caller may open."""
        seen = visible_clients(self.actor).values("pk")
        return Charge.objects.filter(client__in=seen, **spanned(self.asked(), "service_on"))


urlpatterns: list[URLPattern] = [
    path("claims/", Claims.as_view(), name="api_claims"),
    path("remittances/", Remittances.as_view(), name="api_remittances"),
    path("charges/", Charges.as_view(), name="api_charges"),
]
