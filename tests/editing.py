"""What an editor types into Wagtail's page forms."""

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

__all__ = ["create", "edit", "inline_formset", "nested_form_data", "rich_text", "streamfield"]


def create(
    client: Client,
    kind: type[Page],
    parent: Page,
    typed: dict,
    *,
    publish: bool = True,
    tampered: dict | None = None,
):
    """Send the form of a new page; `typed` may hold streamfields, formsets and files.

    `tampered`: fields by the names Wagtail gives them, with another value, or None for a field that is left out.
    """
    address = reverse("wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, parent.pk])
    sent = _sent(typed, publish) | (tampered or {})
    return client.post(address, {name: value for name, value in sent.items() if value is not None})


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
