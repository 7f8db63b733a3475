"""The readers of environment variables: what is wrong stops the start with a sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


def test_a_missing_variable_says_its_name_and_what_to_do(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY is not set\. Use script/server\."):
        env.text("SECRET_KEY", hint="Use script/server.")


@pytest.mark.parametrize(("typed", "meant"), [("1", True), ("true", True), ("OFF", False), ("0", False), ("", True)])
def test_a_flag_reads_what_people_type(monkeypatch, typed, meant):
    monkeypatch.setenv("BATON_X", typed)
    assert env.flag("BATON_X", True) is meant


def test_a_flag_refuses_what_it_does_not_know(monkeypatch):
    monkeypatch.setenv("BATON_X", "maybe")
    with pytest.raises(ImproperlyConfigured, match="BATON_X should be 1 or 0, not “maybe”"):
        env.flag("BATON_X", False)


@pytest.mark.parametrize("typed", ["eighty", "0", "65536", "80.5"])
def test_a_port_outside_the_range_is_refused(monkeypatch, typed):
    monkeypatch.setenv("PORT", typed)
    with pytest.raises(ImproperlyConfigured, match="PORT should be"):
        env.whole("PORT", 8000, least=1, most=65535)


def test_an_address_of_another_kind_is_refused_without_showing_its_password(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://me:hunter2@db/baton")
    with pytest.raises(ImproperlyConfigured) as refused:
        env.url("DATABASE_URL", schemes=("postgresql",))
    assert "mysql" in str(refused.value) and "hunter2" not in str(refused.value)


def test_a_secret_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("s3cret\n")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    assert env.text("SECRET_KEY") == "s3cret"


def test_a_secret_file_that_is_missing_stops_the_start(monkeypatch):
    monkeypatch.setenv("SECRET_KEY_FILE", "/nowhere/key")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE cannot be read: No such file"):
        env.text("SECRET_KEY")


def test_mail_addresses_become_settings(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp://shift%40example.org:p%2Fw@mail.example.org:587?tls=starttls")
    settings = env.mail_settings(env.url("EMAIL_URL", schemes=("smtp",)))
    assert settings["EMAIL_HOST_USER"] == "shift@example.org" and settings["EMAIL_HOST_PASSWORD"] == "p/w"
    assert settings["EMAIL_PORT"] == 587 and settings["EMAIL_USE_TLS"] is True and settings["EMAIL_USE_SSL"] is False


def test_mail_without_a_host_is_refused(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp://")
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL names no host"):
        env.mail_settings(env.url("EMAIL_URL", schemes=("smtp",)))
