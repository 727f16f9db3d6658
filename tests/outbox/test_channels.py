"""What the environment says of gateways: nothing set up is written down, something set up closes the rest."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from rantau.config import channels

GATE = "json://pengguna:sandi-gerbang@gerbang.contoh.id/{to}"


def test_where_nothing_is_set_up_everything_is_written():
    assert channels.read({}, mode="production") == dict.fromkeys(channels.NAMES, "console")
    assert channels.read({"MESSAGES_DIR": "var/outbox"}, mode="demo") == dict.fromkeys(channels.NAMES, "files")


def test_what_is_set_up_is_open_and_the_rest_closed():
    closed = dict.fromkeys(channels.NAMES, "")
    assert channels.read({"CHANNEL_SMS": GATE}, mode="production") == closed | {"sms": GATE}
    assert channels.read({"EMAIL_BACKEND": "x", "CHANNEL_TELEGRAM": "console"}, mode="production") == closed | {
        "email": "django",
        "telegram": "console",
    }


@pytest.mark.parametrize(
    "way", ["json://pengguna:sandi-gerbang@gerbang.contoh.id/", "sandi-gerbang", GATE * 2, "files"]
)
def test_what_cannot_be_meant_is_refused_without_repeating_it(way):
    with pytest.raises(ImproperlyConfigured, match="CHANNEL_SMS") as caught:
        channels.read({"CHANNEL_SMS": way}, mode="production")
    assert "sandi-gerbang" not in str(caught.value)


def test_quiet_hours_are_two_hours_of_the_clock():
    assert (channels.hours("21-7"), channels.hours("0-0")) == ((21, 7), (0, 0))
    for wrong in ("7-21", "21", "21-7-3", "25-7", ""):
        with pytest.raises(ImproperlyConfigured, match="QUIET_HOURS"):
            channels.hours(wrong)
