"""How far a rehearsal's time is moved."""

from django import forms


class ClockForm(forms.Form):
    """One day or one week."""

    days = forms.TypedChoiceField(choices=[("1", "1"), ("7", "7")], coerce=int)
