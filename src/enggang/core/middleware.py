"""A refusal that no view caught becomes a page with its sentence, not a server error."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enggang.core.acts import Conflict, NotAllowed, Refused


class RefusalMiddleware:
    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)  # type: ignore[operator]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"message": exception.message}, status=403)
        if isinstance(exception, Conflict):
            return render(request, "409.html", {"message": exception.message}, status=409)
        if isinstance(exception, Refused):
            return render(request, "409.html", {"message": exception.message}, status=400)
        return None
