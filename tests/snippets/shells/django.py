import logging
import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path


def log_in(get_response):
    def middleware(request):
        if request.path == "/private" and request.headers.get("Authorization") != "@login@":
            return HttpResponse("log in", status=401)
        return get_response(request)

    return middleware


def ok(request):
    return HttpResponse("ok", content_type="text/plain", headers={"X-Version": "1", "X-Total": "2", "X-Secret": "3"})


def fail(request):
    raise RuntimeError("fail")


urlpatterns = [
    path("ok", ok),
    path("private", lambda request: HttpResponse("ok", content_type="text/plain")),
    path("moved", lambda request: HttpResponseRedirect("/ok")),
    path("down", lambda request: HttpResponse("down", status=503)),
    path("fail", fail),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


if __name__ == "__main__":
    # The settings name this file's views and middleware by the module `app`.
    sys.modules["app"] = sys.modules["__main__"]
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    logging.disable(logging.CRITICAL)
    django.setup()
    make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application(), handler_class=Quiet).serve_forever()
