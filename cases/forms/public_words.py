"""Words that an officer makes public: personal data in them go out only where that is said once more."""

from collections.abc import Iterable

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ..actions import ActionForm
from ..masking import Span
from ..selectors.personal_data import personal_data_in


class PublicWordsForm(ActionForm):
    """`public_words` are the fields for anyone to read. What is found in one is named beside it, with a box to tick."""

    public_words: tuple[str, ...] = ()

    def ask_again(self) -> None:
        """Offer the boxes; called when the form's fields are complete."""
        self._found = {}
        if not self.is_bound:
            return
        for name in filter(self.fields.__contains__, self.public_words):
            words = self.data.get(self.add_prefix(name), "")
            if spans := personal_data_in(words):
                found = dict.fromkeys(f"{span.kind.label} {words[span.start : span.end]}" for span in spans)
                self._found[name] = ", ".join(found)
                self._offer_box(name)

    def tell(self, name: str, sentence: str, spans: Iterable[Span]) -> None:
        """Add to a field's hint which kinds of personal data were found; `sentence` holds %s for them."""
        if kinds := dict.fromkeys(span.kind.label for span in spans):
            field = self.fields[name]
            field.help_text = format_html("{} {}", field.help_text, sentence % ", ".join(kinds))

    def _offer_box(self, name: str) -> None:
        box = forms.BooleanField(
            label=_("Terbitkan apa adanya"),
            help_text=_("Hanya bila ini bukan milik pribadi siapa pun, misalnya nomor kantor."),
            required=False,
        )
        names = list(self.fields)
        self.fields[_box(name)] = box
        names.insert(names.index(name) + 1, _box(name))
        self.order_fields(names)

    def clean(self) -> dict:
        cleaned = super().clean()
        for name, found in self._found.items():
            if not cleaned.pop(_box(name), False):
                self.add_error(
                    name,
                    _("Masih ada %s. Hapus atau samarkan, atau centang kotak di bawahnya.") % found,
                )
        return cleaned


def _box(name: str) -> str:
    return f"{name}_as_is"
