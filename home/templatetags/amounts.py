"""Numbers and money in templates."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    """1.234.567 or, on an English page, 1,234,567: home.money has the one way of what is printed."""
    return number_format(number, force_grouping=True)


@register.filter
def rupiah(amount: int) -> str:
    return f"{'-' if amount < 0 else ''}Rp{thousands(abs(amount))}"
