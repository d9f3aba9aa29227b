"""The ways into an account: a code by mail, a password, a passkey, the operator's link or directory; and out again."""

import json
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from ...accounts import sign_in_links
from ...accounts.models import Person
from ...accounts.operations import join_person, use_sign_in_link
from ...mail.letters import send_code
from .. import codes
from ..account_forms import CODE_WRONG, NOT_SENT, TOO_MANY, AddressForm, CodeForm, PasswordForm
from ..guards import passed_on, way_back
from ..paths import private

PURPOSE = "sign-in"
FAILED = _("Das hat nicht geklappt. Bitte noch einmal.")
ASKED = ["GET", "HEAD", "POST"]


@private
@require_http_methods(ASKED)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The address, to which a code goes, whether it is known or not; and the other ways in."""
    if request.user.is_authenticated:
        return redirect(way_back(request))
    form = AddressForm(request.POST if request.method == "POST" and settings.EMAIL_HOST else None)
    if form.is_valid():
        status = _send_code(request, form)
        if status == 302:
            return redirect(passed_on(request, "sign_in_code"))
        return render(request, "account/sign_in.html", _ways(request, form), status=status)
    return render(request, "account/sign_in.html", _ways(request, form), status=422 if form.errors else 200)


def _ways(request: HttpRequest, form: AddressForm) -> dict[str, object]:
    return {
        "form": form,
        "directory": settings.CONFIGURATION.sign_in.oidc_issuer and (settings.CONFIGURATION.sign_in.oidc_name or True),
        "directory_key": settings.DIRECTORY,
        "back": way_back(request),
        "to_password": passed_on(request, "sign_in_password"),
        "to_passkey": passed_on(request, "sign_in_passkey"),
        "failed": False,
    }


def _send_code(request: HttpRequest, form: AddressForm) -> int:
    """Sends the code; the status to answer with, errors being added to the form."""
    address = form.cleaned_data["address"]
    if not codes.may_send(request, address):
        form.add_error("address", TOO_MANY)
        return 429
    try:
        send_code(address, code=codes.new_code(request, PURPOSE, address), minutes=codes.MINUTES)
    except (SMTPException, OSError):
        codes.forget(request, PURPOSE)
        form.add_error("address", NOT_SENT)
        return 503
    return 302


@private
@require_http_methods(ASKED)
def code(request: HttpRequest) -> HttpResponse:
    """The code from the letter. Who has no account yet has one from now on."""
    address = codes.address_waiting(request, PURPOSE)
    if address is None or request.user.is_authenticated:
        return redirect(passed_on(request, "account_login"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            if codes.matches(request, PURPOSE, form.cleaned_data["code"]):
                codes.forget(request, PURPOSE)
                return _let_in(request, join_person(address, language=get_language() or ""), "code")
            form.add_error("code", CODE_WRONG)
        except codes.TooManyError:
            form.add_error("code", TOO_MANY)
    shown = {"form": form, "address": address, "minutes": codes.MINUTES, "again": passed_on(request, "account_login")}
    return render(request, "account/code.html", shown, status=422 if form.errors else 200)


def _let_in(request: HttpRequest, person: Person, method: str) -> HttpResponse:
    """Signs in, by way of the second step where the person has one."""
    record_authentication(request, person, method=method)
    answer: HttpResponse = perform_login(request, Login(user=person, redirect_url=way_back(request)))
    return answer


@private
@require_http_methods(ASKED)
def password(request: HttpRequest) -> HttpResponse:
    """Address and password, for people who have set one."""
    if request.user.is_authenticated:
        return redirect(way_back(request))
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        address, typed = form.cleaned_data["address"], form.cleaned_data["password"]
        try:
            person = get_adapter(request).authenticate(request, email=address, password=typed)
            if person:
                return _let_in(request, person, "password")
            form.add_error("password", _("Adresse oder Passwort stimmt nicht."))
        except ValidationError:
            form.add_error("password", TOO_MANY)
    shown = {"form": form, "to_code": passed_on(request, "account_login")}
    return render(request, "account/password.html", shown, status=422 if form.errors else 200)


@private
@require_http_methods(ASKED)
def passkey(request: HttpRequest) -> HttpResponse:
    """Asked by our script: what the browser has to sign. POST signs in with what it has signed."""
    is_script = "application/json" in request.headers.get("Accept", "")
    if request.user.is_authenticated or (request.method != "POST" and not is_script):
        return redirect(passed_on(request, "account_login"))
    if not codes.may_begin(request):
        return render(request, "account/sign_in.html", _ways(request, AddressForm()) | {"failed": True}, status=429)
    if request.method != "POST":
        request.session.set_expiry(codes.UNUSED_SESSION)
        return JsonResponse(dict(passkeys.begin_authentication(None)))
    form = LoginWebAuthnForm(data=request.POST)
    if is_signed(form):
        key: Authenticator = form.cleaned_data["credential"]
        login = Login(user=key.user, redirect_url=way_back(request))
        answer: HttpResponse = perform_passwordless_login(request, key, login)
        return answer
    return render(request, "account/sign_in.html", _ways(request, AddressForm()) | {"failed": True}, status=422)


def is_signed(form: Form) -> bool:
    """Whether a passkey has signed what was asked. Its reader stumbles over answers that no browser would send."""
    try:
        return form.is_valid()
    except (TypeError, ValueError, AttributeError, KeyError, RecursionError):
        form.add_error("credential", FAILED)
        return False


@private
@require_http_methods(ASKED)
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def second_step(request: HttpRequest) -> HttpResponse:
    """The code of the app, one for emergencies, or a passkey; for people who have set up the app."""
    stage = request._login_stage  # type: ignore[attr-defined]  # allauth puts it there
    person: Person = stage.login.user
    is_passkey = "credential" in request.POST
    kind = AuthenticateWebAuthnForm if is_passkey else AuthenticateForm
    form = kind(user=person, data=request.POST if request.method == "POST" else None)
    if is_signed(form):
        post_authentication(request, form.cleaned_data["credential"] if is_passkey else form.authenticator)
        answer: HttpResponse = stage.exit()
        return answer
    has_passkey = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).exists()
    shown = {"form": form, "options": json.dumps(dict(passkeys.begin_authentication(person))) if has_passkey else ""}
    return render(request, "account/second_step.html", shown, status=422 if form.errors else 200)


@private
@require_http_methods(ASKED)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The operator's link: looking at it changes nothing, the button signs in, once."""
    if request.method == "POST":
        person = use_sign_in_link(token)
        if person is None:
            raise Http404("link")
        return _let_in(request, person, "link")
    if sign_in_links.person_behind(token) is None:
        raise Http404("link")
    return render(request, "account/link.html")


@private
@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """For accounts that the operator has closed."""
    shown = {
        "heading": _("Dieses Konto ist geschlossen"),
        "words": _("Bitte wenden Sie sich an die Stelle, die diese Seite betreibt. Die Adresse steht im Impressum."),
    }
    return render(request, "account/stopped.html", shown, status=403)


@private
@require_http_methods(ASKED)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Asks once; then this device is signed out. Personal links that it knows stay."""
    if request.method == "POST":
        logout(request)
        return redirect("home")
    return render(request, "account/sign_out.html")
