from home.models import BasePage


class PageOfUnit(BasePage):
    """A page that belongs to the unit on whose page it stands."""

    parent_page_types = ["opd_pages.UnitPage"]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        from ..selectors.belonging import belonging

        whose = belonging(self)
        return super().get_context(request, *args, **kwargs) | {"unit": whose.unit, "crumbs": whose.crumbs}
