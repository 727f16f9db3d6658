"""Form fields that ask as people answer: a date as three small numbers."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DayWidget(forms.MultiWidget):
    """Day, month and year as three inputs with a number keyboard."""

    use_fieldset = True
    labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        sizes = (2, 2, 4)
        inputs = [forms.TextInput({"inputmode": "numeric", "maxlength": n, "autocomplete": "off"}) for n in sizes]
        super().__init__(inputs, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Return the three numbers of a date, also of one kept as `2008-05-31`."""
        if isinstance(value, str) and value:
            value = dt.date.fromisoformat(value)
        return [value.day, value.month, value.year] if value else [None, None, None]


class DayField(forms.MultiValueField):
    """A date asked as day, month and year; says which of the three is wrong."""

    widget = DayWidget

    def __init__(self, *, earliest: int = 1900, latest: int = 2100, **kwargs: Any) -> None:
        fields = [
            forms.IntegerField(
                min_value=low,
                max_value=high,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
            )
            for low, high, wrong in (
                (1, 31, _("The day is a number from 1 to 31.")),
                (1, 12, _("The month is a number from 1 to 12.")),
                (earliest, latest, _("The year has four digits, for example 2008.")),
            )
        ]
        for inner in fields:
            inner.widget = forms.TextInput()
        messages = {"required": _("Write the day, the month and the year."), **kwargs.pop("error_messages", {})}
        super().__init__(fields, error_messages=messages, **kwargs)

    def compress(self, data_list: list[int]) -> dt.date | None:
        """Return the date of three numbers."""
        if not data_list:
            return None
        number, month, year = data_list
        try:
            return dt.date(year, month, number)
        except ValueError:
            raise ValidationError(_("This date does not exist. Check the day and the month."), code="invalid") from None
