"""What a person types to invite, accept, leave or set up a bureau."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Invitation, Membership, User
from buurtbaan.ui.forms import DateField, form_helper


class InviteForm(forms.Form):
    """Somebody new in the own circle: staff for a bureau, colleagues for an employer or municipality."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("Hier sturen we de uitnodiging heen."))
    name = forms.CharField(label=_("Naam"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Rol"))

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {
            Role.MANAGER: [Role.CONNECTOR, Role.COACH, Role.MANAGER],
            Role.EMPLOYER: [Role.EMPLOYER],
            Role.MUNICIPALITY: [Role.MUNICIPALITY],
        }.get(Role(by.role), [])
        self.fields["role"].choices = [(role.value, role.label) for role in own]  # type: ignore[attr-defined]
        form_helper(self, submit=_("Verstuur uitnodiging"), cancel_url=reverse("people"), once=True)


class BureauInviteForm(forms.Form):
    """The first manager of a bureau, or a municipality's officer, asked by the platform."""

    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=_("Naam"), max_length=120, required=False)

    def __init__(self, data: Any = None, *, prefix: str) -> None:
        super().__init__(data if data and prefix in data else None, prefix=prefix)
        form_helper(self, submit="").add_input(Submit(prefix, _("Nodig uit")))


class AcceptForm(forms.Form):
    """A name, and a password for an address that has no account yet."""

    name = forms.CharField(label=_("Je naam"), max_length=120)
    password = forms.CharField(
        label=_("Kies een wachtwoord"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Minstens twaalf tekens. Een zin die je onthoudt werkt goed."),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.known = User.objects.filter(email__iexact=invitation.email).exists()
        self.fields["name"].initial = invitation.name
        if self.known:
            del self.fields["password"], self.fields["name"]
        form_helper(self, submit=_("Neem de rol aan"))

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.invitation.email))
        return password


class EndMembershipForm(forms.Form):
    """The last day."""

    last_day = DateField(label=_("Laatste dag"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate()
        form_helper(self, submit=_("Stop deze rol"), cancel_url=reverse("people"))


class BureauForm(forms.ModelForm):
    """What the platform or the manager may change of a bureau."""

    class Meta:
        model = Bureau
        fields = [
            "name",
            "slug",
            "municipality",
            "areas",
            "email",
            "phone",
            "address",
            "retention_years",
            "answer_days",
        ]
        widgets = {"areas": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(
            self, submit=_("Bewaar"), cancel_url=reverse("bureau_list"), once=self.instance.pk is None
        )
