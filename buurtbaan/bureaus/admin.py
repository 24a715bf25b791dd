"""Municipalities, areas, bureaus, rates and accounts, for platform administrators."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from buurtbaan.bureaus.admin_site import KeptAdmin
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Bureau, Membership, Municipality, Rate, User


@admin.register(Municipality)
class MunicipalityAdmin(KeptAdmin):
    list_display = ["name", "code", "suppression_threshold"]
    search_fields = ["name", "code"]


@admin.register(Area)
class AreaAdmin(KeptAdmin):
    list_display = ["name", "code", "municipality"]
    list_select_related = ["municipality"]
    search_fields = ["name", "code", "municipality__name"]
    autocomplete_fields = ["municipality"]


@admin.register(Bureau)
class BureauAdmin(KeptAdmin):
    list_display = ["name", "slug", "municipality"]
    list_select_related = ["municipality"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["municipality", "areas"]


@admin.register(Rate)
class RateAdmin(KeptAdmin):
    """A new figure is a new row with its own dates; the old one stays for reports that used it."""

    may_delete = True
    list_display = ["kind", "key", "value", "unit", "valid_from", "valid_until", "place", "source"]
    list_filter = ["kind", "place"]
    search_fields = ["kind", "key", "place", "source"]
    date_hierarchy = "valid_from"
    save_as = True


@admin.register(User)
class UserAdmin(KeptAdmin):
    """Accounts of everybody but candidates; passwords and second factors are their owners' alone."""

    may_add = False
    list_display = ["name", "email", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "language", "is_active", "date_joined", "last_login"]
    readonly_fields = ["date_joined", "last_login"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        roles = Membership.objects.filter(user=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .filter(~Exists(roles.filter(role=Role.CANDIDATE)) | Exists(roles.exclude(role=Role.CANDIDATE)))
            .order_by("name", "pk")
        )
