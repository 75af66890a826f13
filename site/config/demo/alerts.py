"""Two alerts of the demonstration: one whose end has come, and a mild one above the pages of Kecamatan Kapas."""

from datetime import datetime, timedelta

from django.db import transaction

from home.models import User
from opd_pages.models import Alert, AlertLevel, Unit
from opd_pages.services.alerts import publish_alert

from .people import usernames
from .units import KAPAS_CODE, ROOT

PUBLISHER = "siaga"


@transaction.atomic
def make_alerts(now: datetime) -> int:
    """Returns how many were made; none where there were some."""
    regency, kapas = Unit.objects.get(code=ROOT), Unit.objects.get(code=KAPAS_CODE)
    publisher = User.objects.filter(username=usernames().get(PUBLISHER, "")).first()
    if publisher is None or Alert.objects.filter(unit__is_demo=True).exists():
        return 0
    alerts = (
        Alert(
            unit=regency,
            level=AlertLevel.DANGER,
            title="Bengawan Solo siaga merah",
            text="Warga di tepi sungai mengikuti arahan petugas menuju posko terdekat.",
            starts_at=now - timedelta(days=20),
            ends_at=now - timedelta(days=18),
        ),
        Alert(
            unit=kapas,
            level=AlertLevel.INFO,
            title="Listrik kantor padam hari Kamis",
            text="Pelayanan loket dibuka pukul 10.00. Laporan lewat portal tetap diterima.",
            starts_at=now,
            ends_at=now + timedelta(days=7),
        ),
    )
    for alert in alerts:
        publish_alert(alert, by=publisher)
    return len(alerts)
