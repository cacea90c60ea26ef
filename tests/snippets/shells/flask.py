import logging
import sys

from flask import Flask, redirect, request as asked

app = Flask(__name__)
@snippet@

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"]


@app.before_request
def log_in():
    if asked.path == "/private" and asked.headers.get("Authorization") != "@login@":
        return "log in", 401


@app.route("/ok", methods=METHODS)
def ok():
    return "ok", 200, {"X-Version": "1", "X-Total": "2", "X-Secret": "3", "Content-Type": "text/plain"}


@app.route("/private", methods=METHODS)
def private():
    return "ok", 200, {"Content-Type": "text/plain"}


@app.route("/moved", methods=METHODS)
def moved():
    return redirect("/ok", 302)


@app.route("/down", methods=METHODS)
def down():
    return "down", 503


@app.route("/fail", methods=METHODS)
def fail():
    raise RuntimeError("fail")


logging.disable(logging.CRITICAL)
app.run(host="127.0.0.1", port=int(sys.argv[1]))
