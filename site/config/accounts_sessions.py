"""Where somebody is logged in."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _

from home.models import User

# The first that a browser's signature holds: most name others, too, that they want to be taken for.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def sessions_of(user: User) -> list[UserSession]:
    """Newest first. What has ended is cleared away; 3 queries a session, which last at most a working day."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.created_at, reverse=True)


def end_sessions(user: User, *, but: str | None) -> None:
    """End all but the session with this key."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=but or ""):
        session.end()


def end_with_the_account(instance: User, **_signal) -> None:
    """The sessions of an account that was closed do not wake when it is opened again."""
    if not instance.is_active:
        end_sessions(instance, but=None)


def clear_ended_sessions(now: datetime) -> None:
    """Neither a session that has ended nor where it was opened from is kept. 2 statements, whatever their number."""
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def device(user_agent: str) -> str:
    """
    >>> device("Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36")
    'Chrome di Android'
    """
    browser = next((name for sign, name in BROWSERS.items() if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in user_agent), "")
    if browser and system:
        return _("%(browser)s di %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Peramban tidak dikenal")
