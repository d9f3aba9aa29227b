"""Codes as an app shows them (RFC 6238), worked out here and not by the product."""

import base64
import hashlib
import hmac
import struct
import time


def app_code(secret: str, steps: int = 0) -> str:
    """What an app on a telephone shows, `steps` of 30 seconds from now."""
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
