"""Inputs that this app asks for in its own way."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import HoursField, Segmented, TermPicker
from candidates.choices import Choices
from candidates.models import ADULT_AGE
from candidates.phones import clean_phone, show_phone

OLDEST_YEAR = 1900
LONGEST_BIRTH = 40
WIDEST_BAND = 21
OLDEST_LIKELY = 81
UNKNOWN = "unknown"
UNKNOWN_LABEL = _("Weet ik nog niet")
"""Asked, and not known yet; that is something else than not asked, which is nothing chosen."""


_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_JOINERS = "\u200c\u200d"  # written inside words of Persian and Hindi, and inside emoji


def one_line(text: str) -> str:
    """The text on one line, without signs that nobody sees: what was pasted from a table or a chat reads as typed."""
    whole = unicodedata.normalize("NFC", text)
    seen = (
        letter
        if letter in _JOINERS or unicodedata.category(letter) not in _UNSEEN
        else " " * letter.isspace()
        for letter in whole
    )
    return " ".join("".join(seen).split())


class PlainText(forms.CharField):
    """One line of text. Too much of it is told in words, and never cut off while typing or pasting."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> Any:
        return one_line(str(super().to_python(value) or ""))


@dataclass(frozen=True)
class Birth:
    """When somebody was born: a whole date, only a year, a year give or take `spread` years, or unknown."""

    on: date | None = None
    year: int | None = None
    spread: int = 0

    def __bool__(self) -> bool:
        return self.on is not None or self.year is not None

    def __str__(self) -> str:
        if self.on or not self.year or not self.spread:
            return f"{self.on:%d-%m-%Y}" if self.on else str(self.year or "")
        return f"{self.year - self.spread}-{self.year + self.spread}"


class BirthField(forms.CharField):
    """A date, a year, an age or a band of either, typed as people do: 12-3-1985, 1985, 40 jaar, 40-50, 1975-1985.

    A bare 85 may be an age or 1985: that is asked, never guessed.
    """

    default_error_messages = {
        "invalid": _(
            "Schrijf een jaar, zoals 1985, een datum, zoals 12-3-1985, of een leeftijd, zoals 40-50."
        ),
        "which": _(
            "Is iemand %(number)s, of geboren in 19%(number)s? Schrijf “%(number)s jaar” of 19%(number)s."
        ),
        "no_such_day": _("Deze dag bestaat niet. Kijk de datum na, of vul alleen het jaar in."),
        "future": _("Deze datum ligt in de toekomst. Kijk het jaar na."),
        "too_old": _("Dit jaar is te lang geleden. Kijk het jaar na."),
        "young": _("Misschien nog geen 18. Vul de hele geboortedatum in, dan weten we of het al kan."),
        "wide": _("Dit is een te ruime schatting. Kies hoogstens twintig jaar."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Geboortedatum of geboortejaar"))
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "placeholder": "1985"}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Birth):
            return value
        text = one_line(str(super().to_python(value) or ""))
        parts = re.findall(r"\d+", text)
        if not text:
            return Birth()
        if len(text) > LONGEST_BIRTH or not 0 < len(parts) <= 3:
            self._refuse("invalid")
        if len(parts) == 1 and len(parts[0]) == 8:
            parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
        if len(parts) == 1 and parts[0] == text and self._may_be_a_year(text):
            self._refuse("which", number=text)
        shape, numbers = tuple(map(len, parts)), tuple(map(int, parts))
        match shape:
            case (4,):
                return self._checked(Birth(year=numbers[0]), numbers[0])
            case (2,) | (3,):
                return self._aged(numbers[0], numbers[0])
            case (2 | 3, 2 | 3):
                return self._aged(*numbers)
            case (4, 4):
                return self._band(*numbers)
            case (_, _, 4):
                return self._checked(Birth(on=self._day(*numbers)), numbers[2])
            case (4, _, _):
                return self._checked(Birth(on=self._day(*reversed(numbers))), numbers[0])
            case (1 | 2, 1 | 2, 2):
                year = self._whole_year(numbers[2])
                return self._checked(Birth(on=self._day(numbers[0], numbers[1], year)), year)
        return self._refuse("invalid")

    def _refuse(self, code: str, **params: Any) -> NoReturn:
        raise ValidationError(self.error_messages[code], code=code, params=params)

    @staticmethod
    def _may_be_a_year(text: str) -> bool:
        """Whether two digits are as likely the year of somebody of working age as an age."""
        return len(text) == 2 and timezone.localdate().year - (1900 + int(text)) < OLDEST_LIKELY

    @staticmethod
    def _whole_year(two: int) -> int:
        """The year that two digits stand for: this century's for who could be an adult, or else the last one's."""
        this = 2000 + two
        return this if timezone.localdate().year - this >= ADULT_AGE else this - 100

    def _aged(self, youngest: int, oldest: int) -> Birth:
        """An age is one of two years; a band of ages is so many more."""
        if youngest < ADULT_AGE:
            self._refuse("young")
        now = timezone.localdate().year
        return self._band(now - oldest - 1, now - youngest)

    def _band(self, first: int, last: int) -> Birth:
        if first > last:
            self._refuse("invalid")
        if last - first > WIDEST_BAND:
            self._refuse("wide")
        if timezone.localdate().year - last < ADULT_AGE:
            self._refuse("young")
        self._checked(Birth(year=last), last)
        spread = (last - first + 1) // 2
        return self._checked(Birth(year=last - spread, spread=spread), first)

    def _day(self, day: int, month: int, year: int) -> date:
        try:
            return date(year, month, day)
        except (ValueError, OverflowError):
            self._refuse("no_such_day")

    def _checked(self, birth: Birth, year: int) -> Birth:
        if year < OLDEST_YEAR:
            self._refuse("too_old")
        if (birth.on or date(year, 1, 1)) > timezone.localdate():
            self._refuse("future")
        return birth

    def run_validators(self, value: Any) -> None:
        return None

    def validate(self, value: Any) -> None:
        return None

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Birth) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "")


class PhoneField(forms.CharField):
    """A phone number, kept as E.164 and shown as people say it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Telefoon"))
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"type": "tel", "inputmode": "tel", "autocomplete": "off"}
        self.widget.input_type = "tel"

    def clean(self, value: Any) -> str:
        return clean_phone(one_line(str(super().clean(str(value or "").replace("\x00", "")))))

    def prepare_value(self, value: Any) -> Any:
        return show_phone(value) if isinstance(value, str) and value.startswith("+") else value


class PostcodeField(forms.CharField):
    """2531 or 2531 AB, however it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Postcode"))
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "size": 8}

    def clean(self, value: Any) -> str:
        code = one_line(str(super().clean(str(value or "").replace("\x00", "")))).replace(" ", "").upper()
        if code and not re.fullmatch(r"[1-9]\d{3}([A-Z]{2})?", code):
            raise ValidationError(
                _("Schrijf vier cijfers, eventueel met twee letters, zoals 2531 AB."), code="postcode"
            )
        return code


class WholeText(forms.CharField):
    """A text box; how much is too much is said in words, and what was typed stays."""

    def __init__(self, *, label: Any, longest: int, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(label=label, max_length=longest, widget=forms.Textarea({"rows": rows}), **kwargs)
        self.widget.attrs.pop("maxlength", None)
        for validator in self.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = _(
                    "Dit is te lang: er passen %(limit_value)d tekens in, en het zijn er %(show_value)d."
                )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def clean(self, value: Any) -> str:
        return str(super().clean(str(value or "").replace("\x00", "").replace("\r\n", "\n")))


class CodeListField(forms.TypedMultipleChoiceField):
    """Several codes as chips: None is not asked yet, [] is asked and none."""

    widget = TermPicker

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=str, empty_value=[], required=False, **kwargs)

    def clean(self, value: Any) -> list[str] | None:
        return None if value is None else list(super().clean(value))


class MayBeUnknown(forms.TypedChoiceField):
    """A choice with "weet ik nog niet" in front; that and nothing chosen both give None (`said_unknown` tells)."""

    def __init__(self, *, choices: Choices, **kwargs: Any) -> None:
        every = [(UNKNOWN, UNKNOWN_LABEL), *choices]
        super().__init__(choices=every, empty_value=None, required=False, widget=Segmented, **kwargs)

    def _coerce(self, value: Any) -> Any:
        return None if value == UNKNOWN else super()._coerce(value)  # type: ignore[misc]


class LevelField(MayBeUnknown):
    """One step of a short scale."""

    def __init__(self, *, choices: Choices, **kwargs: Any) -> None:
        super().__init__(choices=choices, coerce=int, **kwargs)


def _yes(value: str) -> bool:
    return value == "yes"


class YesNoField(MayBeUnknown):
    """Yes or no."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("yes", _("Ja")), ("no", _("Nee"))], coerce=_yes, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class HalfHoursField(HoursField):
    """Hours a week from 0 on, in halves; left empty it is not known yet."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, required=False, **kwargs)  # type: ignore[arg-type]

    def clean(self, value: Any) -> Any:
        hours = super().clean(value)
        if hours is not None and hours * 2 % 1:
            raise ValidationError(_("Rond af op een half uur, bijvoorbeeld 8 of 8,5."), code="half")
        return hours
