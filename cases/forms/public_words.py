"""Words that an officer makes public: of the personal data in them only that goes out which was ticked by itself."""

from collections.abc import Iterable

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ..actions import ActionForm
from ..masking import Span, masked
from ..selectors.personal_data import personal_data_in


class AsItIs(forms.MultipleChoiceField):
    """What may stand; what was ticked and is no longer in the words asks for nothing."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        return True


class PublicWordsForm(ActionForm):
    """`public_words` are the fields for anyone to read. What is found in one is named beside it, each with a box to tick."""

    public_words: tuple[str, ...] = ()

    def ask_again(self) -> None:
        """Offer the boxes; called when the form's fields are complete."""
        self._found = {}
        if not self.is_bound:
            return
        for name in filter(self.fields.__contains__, self.public_words):
            words = self.data.get(self.add_prefix(name), "")
            if spans := personal_data_in(words):
                self._found[name] = words, spans
                self._offer_boxes(name, _named(words, spans))

    def tell(self, name: str, sentence: str, words: str, spans: Iterable[Span]) -> None:
        """Add to a field's hint what was found in these words; `sentence` holds %s for it."""
        if found := _named(words, spans):
            field = self.fields[name]
            field.help_text = format_html("{} {}", field.help_text, sentence % ", ".join(found.values()))

    def _offer_boxes(self, name: str, found: dict[str, str]) -> None:
        self.fields[_kept(name)] = AsItIs(
            label=_("Terbitkan apa adanya"),
            help_text=_("Hanya yang bukan milik pribadi siapa pun, misalnya nomor kantor."),
            choices=list(found.items()),
            required=False,
        )
        self.fields[_rest(name)] = forms.BooleanField(
            label=_("Samarkan yang tidak dicentang"),
            help_text=_("Di tempatnya akan tertulis kata seperti [nomor telepon]."),
            required=False,
        )
        names = [each for each in self.fields if each not in (_kept(name), _rest(name))]
        place = names.index(name) + 1
        self.order_fields([*names[:place], _kept(name), _rest(name), *names[place:]])

    def clean(self) -> dict:
        cleaned = super().clean()
        for name, (words, spans) in self._found.items():
            kept, hides_rest = cleaned.pop(_kept(name), []), cleaned.pop(_rest(name), False)
            left = [span for span in spans if _written(words, span) not in kept]
            if left and hides_rest:
                cleaned[name] = masked(words, left).strip()
            elif left:
                self.add_error(
                    name,
                    _("Masih ada %s. Hapus atau samarkan, atau centang di bawahnya apa yang boleh terbit.")
                    % ", ".join(_named(words, left).values()),
                )
        return cleaned


def _written(words: str, span: Span) -> str:
    """What was found, on one line, as a browser sends it back."""
    return " ".join(words[span.start : span.end].split())


def _named(words: str, spans: Iterable[Span]) -> dict[str, str]:
    """Each find with its kind before it, once."""
    return {_written(words, span): f"{span.kind.label} {_written(words, span)}" for span in spans}


def _kept(name: str) -> str:
    return f"{name}_as_is"


def _rest(name: str) -> str:
    return f"{name}_masked"
