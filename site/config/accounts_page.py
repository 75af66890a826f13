"""/masuk/akun/: what somebody keeps of their own account, and where they are logged in."""

from allauth.mfa import app_settings as mfa_settings
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from .accounts_factor import backup_codes_of, factor_of
from .accounts_sessions import device, end_sessions, sessions_of


@require_safe
@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    sessions = [
        {
            "pk": session.pk,
            "device": device(session.user_agent),
            "place": session.ip,
            "since": session.created_at,
            "is_this": session.session_key == request.session.session_key,
        }
        for session in sessions_of(request.user)
    ]
    context = {
        "factor": factor_of(request.user),
        "codes_left": len(backup_codes_of(request.user)),
        "codes_made": mfa_settings.RECOVERY_CODE_COUNT,
        "sessions": sessions,
        "others": sum(not session["is_this"] for session in sessions),
    }
    return render(request, "account/account.html", context)


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """One of their own; the one they sit in is left by logging out."""
    others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    get_object_or_404(others, pk=pk).end()
    return redirect("account")


@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    end_sessions(request.user, but=request.session.session_key)
    return redirect("account")
