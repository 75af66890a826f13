"""The group of the portal's administrators: pages, files, people, settings and registers, but no case."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail import hooks
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from ..models import Membership, Role
from .groups import ADMINISTRATORS, sync_groups

ON_PAGES = ["add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"]


@transaction.atomic
def open_administrators() -> Group:
    """Make the group, or give it what a new version of the portal has added; admit those who wait for it."""
    group, made = Group.objects.get_or_create(name=ADMINISTRATORS)
    group.permissions.set(_everywhere())
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page=Page.get_first_root_node(), permission=permission)
            for permission in Permission.objects.filter(
                content_type__app_label="wagtailcore", codename__in=ON_PAGES
            )
        ],
        ignore_conflicts=True,
    )
    files = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"],
        content_type__model__in=["image", "document"],
    )
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
            for permission in files.exclude(codename__startswith="view_")
        ],
        ignore_conflicts=True,
    )
    if made:
        for membership in Membership.objects.current().filter(role=Role.ADMINISTRATOR).select_related("user"):
            sync_groups(membership.user)
    return group


def _everywhere() -> set[Permission]:
    """What the registers and settings of all rooms have entered, with collections."""
    entered = {
        permission for registered in hooks.get_hooks("register_permissions") for permission in registered()
    }
    wagtails = Permission.objects.filter(
        Q(content_type__app_label="wagtailcore", content_type__model="collection")
        | Q(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return {permission for permission in entered if not _is_kept_back(permission)} | set(wagtails)


def _is_kept_back(permission: Permission) -> bool:
    """Groups follow the memberships, and accounts are kept with them: not by Wagtail's own pages."""
    kind = permission.content_type
    return kind.app_label in ("auth", "wagtailcore") or kind.model == "user"
