"""In /admin/: messages that do not go out, with what can be done about each. Of a case it shows the number alone."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from home.models import User

from ..channels import REFUSES_EVERYBODY, channels
from ..kinds import kind_of
from ..models import MessageTemplate, OutboxMessage
from ..own_messages import own_messages
from ..services.outbox import CannotBeCalled, call_instead, let_be, retry, settled_messages, stuck_messages

SHOWN = 200
# What the outbox itself finds of a channel.
OUTBOX_CAUSES = {REFUSES_EVERYBODY: _("Semua alamat ditolak, maka jalur pengirimannya yang perlu diperiksa")}


@dataclass(frozen=True)
class StuckMessage:
    row: OutboxMessage
    title: str
    to: str
    cause: str


def may_mend(user: User) -> bool:
    """Who keeps the messages' words."""
    return user.has_perm("cases.change_messagetemplate")


class StuckMessagesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_mend(request.user)


def listed(rows: QuerySet[OutboxMessage] | None = None) -> list[StuckMessage]:
    """Those given, else the stuck ones, the oldest first; at most SHOWN; 2 queries."""
    titles = dict(MessageTemplate.objects.values_list("code", "title"))
    titles |= {own.template: str(own.title) for own in own_messages}
    rows = stuck_messages().order_by("created_at") if rows is None else rows
    rows = rows.select_related("case", "recipient", "settled_by", "unit__kind", "unit__parent__kind")
    return [
        StuckMessage(row, titles.get(row.template, row.template), _addressee(row), _cause(row))
        for row in rows[:SHOWN]
    ]


def _addressee(row: OutboxMessage) -> str:
    if row.to_reporter:
        return str(kind_of(row.case).person)
    return str(row.recipient) if row.recipient else f"{row.get_role_display()}, {row.unit.place_name}"


def _cause(row: OutboxMessage) -> str:
    """In the words of the channel that knows it; whatever else it is stands as it is."""
    way, _gap, fault = row.last_fault.partition(" ")
    name, _gap, code = fault.partition(" ")
    for channel in channels:
        if channel.name == way and (words := channel.causes.get(name) or OUTBOX_CAUSES.get(name)):
            return f"{words} ({code})" if code else str(words)
    return row.last_fault or gettext("belum diketahui")


@require_safe
@never_cache
def stuck_messages_page(request: HttpRequest) -> HttpResponse:
    if not may_mend(request.user):
        return render(request, "403.html", status=403)
    context = {"stuck": listed(), "settled": listed(settled_messages())}
    return TemplateResponse(request, "cases/admin/stuck_messages.html", context)


@require_POST
def retry_message(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_mend(request.user):
        return render(request, "403.html", status=403)
    retry(get_object_or_404(stuck_messages(), pk=pk))
    messages.success(request, _("Pesan dikirim lagi dalam satu menit."))
    return redirect("stuck_messages")


@require_POST
def call_person(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_mend(request.user):
        return render(request, "403.html", status=403)
    try:
        call_instead(get_object_or_404(stuck_messages(), pk=pk), by=request.user)
    except CannotBeCalled as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Meja layanan diminta menelepon. Pesan ini tidak dikirim lagi."))
    return redirect("stuck_messages")


@require_POST
def let_message_be(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_mend(request.user):
        return render(request, "403.html", status=403)
    let_be(get_object_or_404(stuck_messages(), pk=pk), by=request.user)
    messages.success(request, _("Pesan ini tidak dikirim lagi."))
    return redirect("stuck_messages")


urlpatterns = [
    path("pesan-tertahan/", stuck_messages_page, name="stuck_messages"),
    path("pesan-tertahan/<int:pk>/kirim/", retry_message, name="retry_message"),
    path("pesan-tertahan/<int:pk>/telepon/", call_person, name="call_person"),
    path("pesan-tertahan/<int:pk>/selesai/", let_message_be, name="let_message_be"),
]
