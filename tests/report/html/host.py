"""A page of another shell, served on loopback under a policy that allows nothing inline."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from markupsafe import Markup

from retold.report.html.assets import assets

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"
TAKEN = ("story-1", "v1", "left-out", "x-claim", "main")
"""Ids that the shell has already; the first three are those of the one-file page too."""
SHELL = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>{title}</title>{styles}{scripts}</head>"
    '<body><header class="masthead" id="story-1"><h1 id="v1">A host</h1>'
    '<p id="x-claim">Its own</p></header><main id="main">{body}</main>'
    '<footer class="colophon" id="left-out"><p>Its end</p></footer></body></html>'
)


def page_of(*pieces):
    """Return a page that holds pieces and loads what they name, each file once."""
    styles = dict.fromkeys(name for piece in pieces for name in piece.styles)
    scripts = dict.fromkeys(name for piece in pieces for name in piece.scripts)
    style = Markup('<link rel="stylesheet" href="/static/{}">')
    script = Markup('<script src="/static/{}" defer></script>')
    return SHELL.format(
        title=pieces[0].title,
        styles=Markup("").join(style.format(name) for name in styles),
        scripts=Markup("").join(script.format(name) for name in scripts),
        body=Markup("").join(piece.html for piece in pieces),
    )


@contextmanager
def serving(pages):
    """Serve pages by name, and the assets below /static; give the address of the server."""
    files = {f"/static/{a.name}": (a.text, a.media_type) for a in assets()}
    files |= {f"/{name}": (text, "text/html; charset=utf-8") for name, text in pages.items()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            text, media_type = files.get(self.path, ("", "text/plain"))
            self.send_response(200 if self.path in files else 404)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
