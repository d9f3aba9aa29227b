"""A small directory that speaks OpenID Connect, with signed tokens, on this machine."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

CLIENT, SECRET = "praxishilfe", "ein-geheimnis-der-tests"


@dataclass
class Directory:
    """Who is at the directory, and what it has given out. `claims` is what it tells of the person."""

    claims: dict[str, Any] = field(default_factory=dict)
    refuses: bool = False
    issuer: str = ""
    audience: str = CLIENT
    lifetime: int = 60
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: generate_private_key(public_exponent=65537, key_size=2048))

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the person's browser is led back to."""
        if self.refuses:
            return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code, once; None for a wrong one, or without the proof that the same side has asked."""
        asked = self.codes.pop(sent.get("code", ""), None)
        proof = urlsafe_b64encode(sha256(sent.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        if asked is None or sent["redirect_uri"] != asked["redirect_uri"] or proof != asked["code_challenge"]:
            return None
        if (sent["client_id"], sent["client_secret"]) != (CLIENT, SECRET):
            return None
        now = int(time.time())
        told = self.claims | {"iss": self.issuer, "aud": self.audience, "iat": now, "exp": now + self.lifetime}
        id_token = jwt.encode(told, self.key, algorithm="RS256", headers={"kid": "eins"})
        return {"access_token": "zugang", "token_type": "Bearer", "expires_in": 60, "id_token": id_token}


@contextmanager
def running(directory: Directory) -> Iterator[str]:
    """The directory's address while it runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            if url.path == "/authorize":
                asked = {name: values[0] for name, values in parse_qs(url.query).items()}
                self.send_response(302)
                self.send_header("Location", directory.authorize(asked))
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif url.path == "/userinfo":
                self._answer(directory.claims)
            elif url.path == "/jwks":
                public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(directory.key.public_key()))
                self._answer({"keys": [public | {"kid": "eins", "use": "sig", "alg": "RS256"}]})
            else:
                places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
                told = {f"{name}_endpoint": f"{directory.issuer}/{place}" for name, place in places.items()}
                methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
                self._answer(told | methods | {"issuer": directory.issuer, "jwks_uri": f"{directory.issuer}/jwks"})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found = directory.token({name: values[0] for name, values in parse_qs(body).items()})
            self._answer(found or {"error": "invalid_grant"}, 200 if found else 400)

        def _answer(self, content: dict[str, Any], status: int = 200) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing: the tests read what the product logs."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    directory.issuer = f"http://127.0.0.1:{server.server_port}"
    try:
        yield directory.issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
