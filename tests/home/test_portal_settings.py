import pytest
from django.core.exceptions import ValidationError

from home.models import PortalSettings

NO_COLOUR = "Tulis warna seperti #0e5a48."
TOO_LIGHT = "Warna ini terlalu terang untuk tulisan putih. Pilih yang lebih gelap."


@pytest.mark.parametrize("field", ["primary_color", "accent_color"])
@pytest.mark.parametrize(
    ("written", "words"),
    [("merah", NO_COLOUR), ("#12345", NO_COLOUR), ("#12345g", NO_COLOUR), ("#ffee00", TOO_LIGHT)],
)
def test_a_colour_that_cannot_be_used_is_told_beside_its_field(field, written, words):
    with pytest.raises(ValidationError) as refused:
        PortalSettings(region_name="Kabupaten Uji", **{field: written}).full_clean()
    assert refused.value.message_dict == {field: [words]}
