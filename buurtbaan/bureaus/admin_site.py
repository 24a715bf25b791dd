"""Django's admin for platform administrators: the platform's own tables, and never a person's file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from buurtbaan.access import other_role
from buurtbaan.bureaus.enums import Role

KEPT_APPS = frozenset({"bureaus", "vocabulary"})


class PlatformSite(AdminSite):
    """Opens to somebody who works as platform administrator now; holding the role too is not enough."""

    site_header = site_title = "Buurtbaan"
    index_title = _("Beheer van het platform")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        membership = getattr(request, "membership", None)
        return bool(request.user.is_active and membership and membership.role == Role.PLATFORM)

    def register(
        self, model_or_iterable: type[Model] | Iterable[type[Model]], admin_class: Any = None, **options: Any
    ) -> None:
        """Only our own tables: libraries would bring e-mail addresses and second factors along."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        kept = [model for model in models if model._meta.app_label in KEPT_APPS]
        super().register(kept, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The product's own sign-in, so that nobody comes in without the second factor."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", request.get_full_path()))
        if not self.has_permission(request):
            raise PermissionDenied(other_role(request))
        return redirect("admin:index")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The product's own page."""
        return redirect("account_change_password")


class KeptAdmin(ModelAdmin):
    """A table that a platform administrator keeps; rows that others hang on are changed, never deleted."""

    may_add, may_delete = True, False
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete and self.admin_site.has_permission(request)
