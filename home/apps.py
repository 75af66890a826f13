from django.apps import AppConfig
from django.db.backends.signals import connection_created

DRAFT = ("latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes")


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Portal"

    def ready(self) -> None:
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.images.models import Rendition
        from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site, get_page_models

        from .forms.choosers import answer_what_is_no_key, name_fields
        from .freshness import shown_to_everybody, watch_connection
        from .models import PortalSettings
        from .registry import search_sources
        from .search.pages import Documents, Pages
        from .site_roots import watch_requests

        search_sources.enter(Pages(), order=20)
        search_sources.enter(Documents(), order=40)
        from .registry import shown_pictures
        from .services.painting import pictures_of_pages

        shown_to_everybody(Page, except_for=DRAFT)
        shown_to_everybody(*get_page_models(), Site, PageViewRestriction, CollectionViewRestriction)
        shown_to_everybody(get_image_model(), Rendition, get_document_model())
        shown_to_everybody(
            PortalSettings, except_for=("mail_test_sent_at", "mail_test_seen_at", "mail_test_route")
        )
        connection_created.connect(watch_connection)
        watch_requests()
        name_fields()
        answer_what_is_no_key()
        shown_pictures.enter(pictures_of_pages)
