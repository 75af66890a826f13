"""Pages of the second factor: set up, asked for, given back; and its backup codes."""

from io import BytesIO

import segno
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.decorators import login_stage_required
from allauth.account.mixins import NextRedirectMixin
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views
from allauth.mfa.stages import AuthenticateStage
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import FormView, TemplateView

from .accounts_factor import (
    backup_codes_of,
    enrol,
    factor_of,
    needs_second_factor,
    remove_second_factor,
    renew_backup_codes,
)
from .accounts_factor_forms import ChallengeForm, EnrolForm, ReauthenticateForm
from .accounts_mfa import forget_pending_secret, pending_secret
from .accounts_views import Refusals, refusal_status

# In the session that made the codes, until their owner says they are kept: they are shown to nobody else, nor again.
CODES_ARE_NEW = "backup_codes_are_new"

asking_who = method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
private = method_decorator([login_required, never_cache], name="dispatch")


@method_decorator(
    login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login"), name="dispatch"
)
class ChallengeView(views.AuthenticateView):
    form_class = ChallengeForm

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        stage = request._login_stage
        if factor_of(stage.login.user) is None:
            # Reset while its owner waits here: log-in and challenge would send them to each other for ever.
            return stage.abort()
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = refusal_status(form)
        return response


@private
class ReauthenticateView(Refusals, views.ReauthenticateView):
    form_class = ReauthenticateForm


@private
@asking_who
class EnrolView(Refusals, NextRedirectMixin, FormView):
    form_class = EnrolForm
    template_name = "mfa/totp/activate_form.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if factor_of(request.user):
            return redirect(self.get_next_url() or "account")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **kwargs) -> dict:
        secret = pending_secret(self.request.session)
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return super().get_context_data(**kwargs) | {
            "secret": " ".join(groups),
            "link": get_adapter().build_totp_url(self.request.user, secret),
            "is_needed": needs_second_factor(self.request.user),
        }

    def form_valid(self, form) -> HttpResponse:
        if enrol(self.request, secret=form.secret, code=form.cleaned_data["code"]):
            self.request.session[CODES_ARE_NEW] = True
        forget_pending_secret(self.request.session)
        return redirect(self.passthrough_next_url(reverse("backup_codes")))


@require_safe
@login_required
@never_cache
@reauthentication_required(app="allauth.mfa")
def second_factor_qr(request: HttpRequest) -> HttpResponse:
    """The secret as a picture. An address of its own, since pages carry nothing inline."""
    if factor_of(request.user):
        raise Http404
    link = get_adapter().build_totp_url(request.user, pending_secret(request.session))
    picture = BytesIO()
    segno.make(link, micro=False).save(picture, kind="svg", scale=4, light="white", xmldecl=False, title="QR")
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@private
@asking_who
class RemoveView(TemplateView):
    template_name = "mfa/totp/deactivate_form.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if factor_of(request.user) is None:
            return redirect("account")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"is_needed": needs_second_factor(self.request.user)}

    def post(self, request: HttpRequest) -> HttpResponse:
        remove_second_factor(request.user, request=request)
        return redirect("mfa_activate_totp" if needs_second_factor(request.user) else "account")


@private
class BackupCodesView(NextRedirectMixin, TemplateView):
    """New codes, until their owner says they are kept."""

    template_name = "mfa/recovery_codes/index.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        if CODES_ARE_NEW not in request.session:
            return redirect(self.get_next_url() or "account")
        return self.render_to_response(self.get_context_data(codes=backup_codes_of(request.user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        request.session.pop(CODES_ARE_NEW, None)
        return redirect(self.get_next_url() or "account")


@require_safe
@login_required
@never_cache
def download_backup_codes(request: HttpRequest) -> HttpResponse:
    if CODES_ARE_NEW not in request.session:
        raise Http404
    context = {"codes": backup_codes_of(request.user)}
    response = render(
        request, "mfa/recovery_codes/download.txt", context, content_type="text/plain; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="kode-cadangan.txt"'
    return response


@private
@asking_who
class RenewBackupCodesView(TemplateView):
    template_name = "mfa/recovery_codes/generate.html"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if factor_of(request.user) is None:
            return redirect("account")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        renew_backup_codes(request.user)
        request.session[CODES_ARE_NEW] = True
        return redirect("backup_codes")
