"""What an editor types into Wagtail's page forms."""

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

__all__ = ["create", "edit", "inline_formset", "nested_form_data", "rich_text", "streamfield"]


def create(client: Client, kind: type[Page], parent: Page, typed: dict, *, publish: bool = True):
    """Send the form of a new page; `typed` may hold streamfields, formsets and files."""
    address = reverse("wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, parent.pk])
    return client.post(address, _sent(typed, publish))


def edit(client: Client, page: Page, typed: dict, *, publish: bool = True):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), _sent(typed, publish))


def _sent(typed: dict, publish: bool) -> dict:
    sent = nested_form_data({"comments": inline_formset([]), **typed})
    return sent | ({"action-publish": "1"} if publish else {})


def faults(response) -> dict[str, list[str]]:
    """What the form says beside its fields; a redirect has no faults."""
    if response.status_code == 302:
        return {}
    form = response.context["form"]
    return {name: [str(word) for word in words] for name, words in form.errors.items()}
