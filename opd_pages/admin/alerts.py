from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from ..selectors.alerts import alert_reach


class AlertsItem(MenuItem):
    """From /admin/ to the desk where alerts are published, for who publishes them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return alert_reach(request.user).exists()
