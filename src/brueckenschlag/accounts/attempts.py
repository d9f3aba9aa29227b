"""Names under which attempts are counted: hashed, for they hold addresses of people and devices."""

from django.utils.crypto import salted_hmac


def key(name: str, prefix: str, version: int) -> str:
    """What the table of attempts calls it; the settings name this function."""
    return salted_hmac("brueckenschlag.attempts", f"{prefix}:{version}:{name}", algorithm="sha256").hexdigest()
