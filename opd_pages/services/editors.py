"""The group of a unit's editors and what it may do: the unit's page and files with all below them, nothing else."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from ..models import Unit
from .groups import editors_group_name


@dataclass(frozen=True)
class EditorsRights:
    """The permissions every group of editors gets, fetched once for many groups: 3 queries."""

    entry: Permission
    on_page: list[Permission]
    on_collection: list[Permission]

    @classmethod
    def fetch(cls) -> "EditorsRights":
        of_app = Permission.objects.filter
        return cls(
            entry=of_app(content_type__app_label="wagtailadmin").get(codename="access_admin"),
            on_page=list(
                of_app(
                    content_type__app_label="wagtailcore",
                    codename__in=["add_page", "change_page", "publish_page"],
                )
            ),
            on_collection=list(
                of_app(
                    content_type__app_label__in=["wagtailimages", "wagtaildocs"],
                    codename__in=[
                        f"{verb}_{what}"
                        for verb in ("add", "change", "choose")
                        for what in ("image", "document")
                    ],
                )
            ),
        )


def open_editors_group(unit: Unit, page: Page, collection: Collection, rights: EditorsRights) -> Group:
    """The unit's group, with its permissions on this page and this collection and on no others."""
    group, is_new = Group.objects.get_or_create(name=editors_group_name(unit))
    if is_new:
        group.permissions.add(rights.entry)
    else:
        group.permissions.set([rights.entry])
        group.page_permissions.exclude(page=page).delete()
        group.collection_permissions.exclude(collection=collection).delete()
    GroupPagePermission.objects.bulk_create(
        [GroupPagePermission(group=group, page=page, permission=permission) for permission in rights.on_page],
        ignore_conflicts=True,
    )
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=collection, permission=permission)
            for permission in rights.on_collection
        ],
        ignore_conflicts=True,
    )
    return group
