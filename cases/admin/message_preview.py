"""Words with fields as their reader would get them, beside the form in which an administrator edits them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel
from wagtail_modeladmin.views import EditView

from ..kinds import CaseKind, all_kinds
from ..models import MessageTemplate
from ..wording import fill

ASKED = "pratinjau"


def _of_a_kind(words: Callable[[CaseKind], str]) -> SimpleLazyObject:
    """What the kind that entered first says, asked once all have entered."""
    return SimpleLazyObject(lambda: words(all_kinds()[0]))


SAMPLE = {
    "portal": _("Kabupaten Contoh"),
    "case": _of_a_kind(lambda kind: kind.noun),
    "number": _of_a_kind(lambda kind: kind.sample_number),
    "code": "7K2M9-QX4TB",
    "subject": _("Lampu jalan depan balai desa padam"),
    "unit": _("Kecamatan Kapas"),
    "status": _of_a_kind(lambda kind: kind.workflow.state(kind.workflow.initial).public),
    "promise": _("Kecamatan Kapas menjawab paling lambat Selasa, 24 November 2026."),
    "step": _of_a_kind(lambda kind: kind.step_titles[kind.promised_steps[0]]),
    "due": _("Selasa, 24 November 2026"),
    "because": _("3 hari sejak 21 November 2026"),
    "link": "https://pendopo.contoh.test/lacak/",
}


def sample_of(template: MessageTemplate) -> Mapping[str, Any]:
    """In the words of the kind of case that the message is about."""
    own = (kind.sample for kind in all_kinds() if template.code in kind.own_messages)
    return SAMPLE | dict(next(own, {}))


class WordsPreview(HelpPanel):
    """As typed, else as saved. `sample` is callable(row) → values of the fields, `parts` name what is filled."""

    def __init__(
        self, sample: Callable[[Any], Mapping[str, Any]], parts=("subject", "body"), **kwargs
    ) -> None:
        super().__init__(**{"template": "cases/admin/message_preview.html", "heading": _("Contoh")} | kwargs)
        self.sample, self.parts = sample, parts

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"sample": self.sample, "parts": self.parts}

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            values = self.panel.sample(self.instance)
            first, *others = (fill(getattr(self.instance, part), values) for part in self.panel.parts)
            return super().get_context_data(parent_context) | {
                "first": first,
                "others": others,
                "place": ASKED,
            }


class PreviewedEditView(EditView):
    """A second button shows what was typed and saves nothing."""

    def get_template_names(self) -> list[str]:
        return ["cases/admin/previewed.html"]

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if ASKED not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        # Puts what was typed into the row in memory; what is wrong is said beside its field.
        form.is_valid()
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"preview": ASKED}
