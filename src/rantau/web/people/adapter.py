"""How the account library finds, makes and phones our persons."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """Rantau's persons behind the account library."""
