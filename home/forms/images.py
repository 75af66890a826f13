from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

CUT_SHORT = _("Berkas gambar ini tidak utuh. Unggah sekali lagi, atau simpan ulang gambarnya lebih dahulu.")


class WholeImageField(WagtailImageField):
    """Wagtail looks at a picture's head only, and falls over one that was cut short on its way."""

    def to_python(self, data):
        try:
            file = super().to_python(data)
            if file:
                with Image.open(file) as picture:
                    picture.load()
                file.seek(0)
        except (OSError, SyntaxError, ValueError) as fault:
            raise ValidationError(CUT_SHORT, code="invalid_image") from fault
        return file


class WholeImageForm(BaseImageForm):
    file = WholeImageField(label=_("Gambar"), widget=BaseImageForm.Meta.widgets["file"])
