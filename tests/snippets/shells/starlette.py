import logging
import sys

import uvicorn
from fastapi import FastAPI
from starlette.responses import PlainTextResponse, RedirectResponse

app = FastAPI()
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"]


@app.middleware("http")
async def log_in(request, call_next):
    if request.url.path == "/private" and request.headers.get("Authorization") != "@login@":
        return PlainTextResponse("log in", 401)
    return await call_next(request)


@app.api_route("/ok", methods=METHODS)
async def ok():
    return PlainTextResponse("ok", 200, {"X-Version": "1", "X-Total": "2", "X-Secret": "3"})


@app.api_route("/private", methods=METHODS)
async def private():
    return PlainTextResponse("ok")


@app.api_route("/moved", methods=METHODS)
async def moved():
    return RedirectResponse("/ok", 302)


@app.api_route("/down", methods=METHODS)
async def down():
    return PlainTextResponse("down", 503)


@app.api_route("/fail", methods=METHODS)
async def fail():
    raise RuntimeError("fail")


@snippet@

logging.disable(logging.CRITICAL)
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
