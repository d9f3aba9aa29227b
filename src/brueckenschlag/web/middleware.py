"""A page in our style where Django answers a wrong method with an empty one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .views import trouble

Handler = Callable[[HttpRequest], HttpResponse]


def page_for_wrong_method(get_response: Handler) -> Handler:
    """Fills responses with status 405."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            page = trouble.wrong_method(request)
            page["Allow"] = response["Allow"]
            return page
        return response

    return handle
