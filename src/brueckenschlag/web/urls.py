"""The addresses of the pages; people read them, so they are German. Other languages put their name in front."""

from django.urls import path

from .views import (
    access,
    account,
    assessments,
    directory,
    editions,
    languages,
    pages,
    plan,
    security,
    signing_in,
    start,
    taking_over,
)

OWN = "praxishilfe/<uuid:id>/"

# The same address in every language: personal links are kept for years, the others are for machines.
without_language = [
    path("weiter/<str:key>", access.open_link, name="open_owner"),
    path("lesen/<str:key>", access.open_link, name="open_reader"),
    path("einlass/<str:token>", signing_in.link, name="sign_in_link"),
    path("verzeichnis/anmelden", directory.begin, {"provider_id": directory.KEY}, name="openid_connect_login"),
    path("verzeichnis/antwort", directory.come_back, {"provider_id": directory.KEY}, name="openid_connect_callback"),
    path("sprache/<slug:code>", languages.choose, name="language"),
    path("robots.txt", pages.robots, name="robots"),
    path("leer", pages.empty, name="empty"),
]

urlpatterns = [
    path("", start.home, name="home"),
    path("praxishilfe/<slug:slug>/", start.introduction, name="introduction"),
    path("praxishilfe/<slug:slug>/hintergrund", start.background, name="background"),
    path("praxishilfe/<slug:slug>/bogen", start.sheet, name="sheet"),
    path(OWN + "ueberblick", assessments.overview, name="overview"),
    path(OWN + "name", assessments.name, name="name"),
    path(OWN + "checkpunkt/<slug:key>", assessments.checkpoint, name="checkpoint"),
    path(OWN + "fassung", editions.edition, name="edition"),
    path(OWN + "plan", plan.plan, name="plan"),
    path(OWN + "plan/neu", plan.new_measure, name="new_measure"),
    path(OWN + "plan/anregung", plan.take_suggestion, name="take_suggestion"),
    path(OWN + "plan/<uuid:measure_id>", plan.measure, name="measure"),
    path(OWN + "plan/<uuid:measure_id>/loeschen", plan.remove, name="remove_measure"),
    path(OWN + "plan/<uuid:measure_id>/zurueckholen", plan.restore, name="restore_measure"),
    path(OWN + "plan/<uuid:measure_id>/verschieben", plan.move, name="move_measure"),
    path(OWN + "weitermachen", access.links, name="links"),
    path(OWN + "weitermachen/mail", access.mail_link, name="mail_link"),
    path(OWN + "weitermachen/erneuern", access.renew_links, name="renew_links"),
    path(OWN + "schliessen", access.close, name="close"),
    path(OWN + "loeschen", access.erase, name="erase"),
    path("weitermachen", access.resume, name="resume"),
    # Names beginning with account_ or mfa_ are allauth's: it leads to the pages that are called so.
    path("anmelden", signing_in.sign_in, name="account_login"),
    path("anmelden/code", signing_in.code, name="sign_in_code"),
    path("anmelden/passwort", signing_in.password, name="sign_in_password"),
    path("anmelden/passkey", signing_in.passkey, name="sign_in_passkey"),
    path("anmelden/zweiter-schritt", signing_in.second_step, name="mfa_authenticate"),
    path("anmelden/geschlossen", signing_in.inactive, name="account_inactive"),
    path("abmelden", signing_in.sign_out, name="account_logout"),
    path("konto", account.account, name="account"),
    path("konto/angaben", account.details, name="details"),
    path("konto/adresse", account.address, name="address"),
    path("konto/adresse/codes", account.address_codes, name="address_codes"),
    path("konto/geraete", account.devices, name="devices"),
    path("konto/behalten", taking_over.keep, name="take_over"),
    path("konto/bestaetigen", security.confirm, name="confirm_person"),
    path("konto/sicherheit", security.security, name="security"),
    path("konto/sicherheit/passwort", security.password, name="own_password"),
    path("konto/sicherheit/passkey", security.new_passkey, name="new_passkey"),
    path("konto/sicherheit/passkey/<int:number>", security.drop_passkey, name="drop_passkey"),
    path("konto/sicherheit/app", security.app, name="app"),
    path("konto/sicherheit/notfallcodes", security.recovery_codes, name="recovery_codes"),
    path("geloescht", pages.erased, name="erased"),
    path("hilfe", pages.text, {"name": "hilfe"}, name="help"),
    path("datenschutz", pages.text, {"name": "datenschutz"}, name="privacy"),
    path("barrierefreiheit", pages.text, {"name": "barrierefreiheit"}, name="accessibility"),
    path("zahlen", pages.figures, name="figures"),
    path("impressum", pages.text, {"name": "impressum"}, name="imprint"),
]
