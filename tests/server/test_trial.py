"""A visitor owns a CRM at once 立即体验."""

import pytest

from tests.server.site import Person, Site


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_visitor_owns_a_crm_with_sample_data(site: Site, language: str) -> None:
    """One call, no sign-up."""
    visitor = site.trial(language)
    session = visitor.get("/api/session")
    assert session["admin"]
    assert len(session["personas"]) == 8
    assert visitor.list("customer", total=True)["total"] == 30
    assert visitor.get("/api/tasks/counts")["todo"] > 0


def test_a_trial_speaks_the_visitors_language(site: Site) -> None:
    """Labels, people and samples."""
    labels = {
        language: site.trial(language).get("/api/apps/crm/forms/customer")["definition"]["name"]
        for language in ("zh-CN", "en")
    }
    assert labels == {"zh-CN": "客户", "en": "Customer"}


def test_a_persona_has_its_own_rights_and_no_more(boss: Person) -> None:
    """A salesperson cannot design, and sees fewer customers than the boss."""
    everything = boss.list("customer", total=True)["total"]
    boss.play("Xiao Wang")
    assert boss.list("customer", total=True)["total"] < everything
    assert boss.ask("GET", "/api/apps/crm/draft", status=403)["code"] == "admins_only"
    boss.play("Chen (you)")
    assert boss.list("customer", total=True)["total"] == everything


def test_a_kept_trial_can_be_signed_into(site: Site, boss: Person) -> None:
    """Name, e-mail and password make it a workspace for good."""
    kept = boss.post("/api/trial/keep", {"name": "Ann", "email": "ann@example.com", "password": "correct horse"})
    assert kept["workspace"]["trial_until"] is None
    later = site.visitor()
    later.post("/api/signin", {"email": "Ann@Example.com", "password": "correct horse"})
    assert later.list("customer", total=True)["total"] == 30
    assert later.post("/api/session/persona", {"member": "x"}, status=403)["code"] == "trial_only"


def test_trials_are_limited_for_each_address(site: Site) -> None:
    """The limit of the settings, told in words."""
    site.wired.settings.trials_per_address = 2
    site.trial()
    site.trial()
    refused = site.visitor().post("/api/trial", {}, status=429)
    assert refused["code"] == "too_many_trials"
    assert "tomorrow" in refused["detail"]


def test_a_trial_ends_with_its_days(site: Site) -> None:
    """After that its cookie opens nothing."""
    site.wired.settings.trial_days = 0
    visitor = site.visitor()
    visitor.client.post("/api/trial", json={})
    assert visitor.ask("GET", "/api/apps", status=401)["code"] == "not_signed_in"


def test_sample_data_can_be_cleared_in_one_go(boss: Person) -> None:
    """Own records stay."""
    mine = boss.add("customer", name="Mine Ltd")
    boss.ask("DELETE", "/api/apps/crm/samples")
    assert [record["id"] for record in boss.list("customer")["records"]] == [mine["id"]]
    assert boss.list("contract", total=True)["total"] == 0
