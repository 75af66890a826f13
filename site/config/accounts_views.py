"""allauth's views in this house's manners: a refusal has a status, nobody is sent in a circle."""

from allauth.account import views
from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from . import accounts_forms

TOO_OFTEN = {"too_many_login_attempts", "too_many_from_here", "rate_limited"}


def refusal_status(form) -> int:
    """422, or 429 where it was tried too often."""
    faults = (fault for faults in form.errors.as_data().values() for fault in faults)
    return 429 if any(fault.code in TOO_OFTEN for fault in faults) else 422


class Refusals:
    def form_invalid(self, form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=refusal_status(form))


class LoginView(Refusals, views.LoginView):
    form_class = accounts_forms.LoginForm

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated and (wanted := self.get_next_url()):
            # Sent here by a page that is closed to them: sending them back would go round for ever.
            # Wagtail left an English message about it; this page says it.
            list(get_messages(request))
            return render(request, "account/already_in.html", {"wanted": wanted})
        return super().dispatch(request, *args, **kwargs)


class PasswordResetView(Refusals, views.PasswordResetView):
    form_class = accounts_forms.ResetPasswordForm


class PasswordResetFromKeyView(Refusals, views.PasswordResetFromKeyView):
    form_class = accounts_forms.ResetPasswordKeyForm
    reset_url_key = "baru"

    def render_to_response(self, context: dict, **kwargs) -> HttpResponse:
        if context.get("token_fail"):
            kwargs["status"] = 410
        return super().render_to_response(context, **kwargs)

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        # Who proved to hold the mailbox need not wait for the failures before.
        get_adapter().forget_failures(self.request, self.reset_user.username)
        return response


class PasswordChangeView(Refusals, views.PasswordChangeView):
    form_class = accounts_forms.ChangePasswordForm


class ReauthenticateView(Refusals, views.ReauthenticateView):
    form_class = accounts_forms.ReauthenticateForm


password_changed = login_required(TemplateView.as_view(template_name="account/password_change_done.html"))


def closed(request: HttpRequest) -> HttpResponse:
    """An address of Wagtail's that this portal does not offer."""
    raise Http404
