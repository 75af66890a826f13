"""Numbers and money in templates."""

from django import template

from .. import money

register = template.Library()
register.filter("rupiah", money.rupiah)
register.filter("thousands", money.thousands)
