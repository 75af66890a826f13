"""The group of a unit's editors and what it may do: the unit's page and files with all below them, nothing else."""

from collections.abc import Sequence
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


def open_editors_groups(places: Sequence[tuple[Unit, Page, Collection]], rights: EditorsRights) -> None:
    """The units' groups, each with its permissions on this page and this collection and on no others."""
    names = [editors_group_name(unit) for unit, _page, _collection in places]
    standing = {group.name: group for group in Group.objects.filter(name__in=names)}
    new = Group.objects.bulk_create(Group(name=name) for name in names if name not in standing)
    entry = Group.permissions.through
    entry.objects.bulk_create(entry(group=group, permission=rights.entry) for group in new)
    groups = standing | {group.name: group for group in new}
    for name, (_unit, page, collection) in zip(names, places, strict=True):
        if name in standing:
            groups[name].permissions.set([rights.entry])
            groups[name].page_permissions.exclude(page=page).delete()
            groups[name].collection_permissions.exclude(collection=collection).delete()
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=groups[name], page=page, permission=permission)
            for name, (_unit, page, _collection) in zip(names, places, strict=True)
            for permission in rights.on_page
        ],
        ignore_conflicts=True,
    )
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=groups[name], collection=collection, permission=permission)
            for name, (_unit, _page, collection) in zip(names, places, strict=True)
            for permission in rights.on_collection
        ],
        ignore_conflicts=True,
    )
