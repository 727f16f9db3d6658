"""The page that shows every component with the words to call it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .samples import samples


def components(request: HttpRequest) -> HttpResponse:
    """Show the design system."""
    return render(request, "ui/components.html", samples(request.at))
