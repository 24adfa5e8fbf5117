"""Accounts, sessions, members, invites and limits in both databases (身份与通讯录)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from runtime.ports import Department, Member
from server.store import identity, members, passwords
from server.store.caches import Caches, Revisions
from server.store.identity import Account, ApiToken, Invite, Remembered
from server.store.members import Role, SqlDirectory
from server.store.world import revisions_of
from server.transaction import transaction
from tests.store.saying import counted
from tests.store.worlds import AT, Store

LATER = AT + timedelta(days=1)
ANN = Member("ann", "安", ("sales",), ("director",), True, True, "ann@x.cn", "总监")
BO = Member("bo", "波", ("sales", "finance"))
SALES, FINANCE = Department("sales", "销售部", "", ("ann",)), Department("finance", "财务部", "sales")


@pytest.fixture
def company(database: Engine) -> str:
    """A workspace with two people in two departments."""
    workspace = Store(database).workspace()
    with transaction(database) as connection:
        members.put_departments(connection, workspace, [SALES, FINANCE])
        members.put_roles(connection, workspace, [Role("director", "销售总监")])
        members.add_members(connection, workspace, [ANN, BO], AT)
    return workspace


def test_the_directory_comes_back_whole(database: Engine, company: str) -> None:
    with transaction(database, writes=False) as connection:
        found = members.read_company(connection, company)
    assert (dict(found.members), dict(found.departments)) == (
        {"ann": ANN, "bo": replace(BO, departments=("finance", "sales"))},
        {"sales": SALES, "finance": FINANCE},
    )
    assert (found.roles["director"].name, found.timezone) == ("销售总监", "Asia/Shanghai")


def test_a_change_of_the_directory_is_seen_by_its_revision(database: Engine, company: str) -> None:
    caches = Caches()
    with transaction(database) as connection:
        before = revisions_of(connection, company)
        assert before is not None
        assert SqlDirectory(connection, company, caches, before).members()["bo"].name == "波"
        members.change_member(connection, company, replace(BO, name="博", departments=()))
    with transaction(database, writes=False) as connection:
        after = revisions_of(connection, company)
        assert SqlDirectory(connection, company, caches, before).members()["bo"].name == "波"
        assert SqlDirectory(connection, company, caches, after).members()["bo"] == Member("bo", "博")


def test_the_directory_of_a_revision_is_read_once(database: Engine, company: str) -> None:
    caches, said = Caches(), []
    with transaction(database, writes=False) as connection:
        SqlDirectory(connection, company, caches, Revisions(3, 0)).members()
        event.listen(connection, "before_cursor_execute", lambda *given: said.append(given[2]))
        SqlDirectory(connection, company, caches, Revisions(3, 0)).departments()
    assert said == []


def test_a_dropped_department_leaves_its_people_and_children(database: Engine, company: str) -> None:
    with transaction(database) as connection:
        members.drop_department(connection, company, "sales")
        members.drop_role(connection, company, "director")
        found = members.read_company(connection, company)
    assert dict(found.departments) == {"finance": replace(FINANCE, parent="")}
    assert found.members["ann"] == replace(ANN, departments=(), roles=())


def test_one_query_identifies_a_session(database: Engine, company: str) -> None:
    with transaction(database) as connection:
        identity.open_session(connection, "hash" + company, "", company, "ann", AT, LATER)
        identity.change_session(connection, "hash" + company, member="bo")
        identity.identify(connection, "hash" + company, AT)
        with counted(connection) as said:
            found = identity.identify(connection, "hash" + company, AT)
    assert len(said) == 1
    assert found is not None
    assert (found.member, found.owner, found.admin, found.workspace) == ("bo", "ann", False, company)
    assert found.directory_revision == 3


def test_a_session_ends(database: Engine, company: str) -> None:
    with transaction(database) as connection:
        identity.open_session(connection, "old" + company, "", company, "ann", AT, LATER)
        identity.open_session(connection, "new" + company, "", company, "ann", AT, LATER)
        assert identity.identify(connection, "old" + company, LATER) is None
        identity.close_session(connection, "old" + company)
        assert identity.identify(connection, "old" + company, AT) is None
        identity.close_sessions_of(connection, company, "ann")
        assert identity.identify(connection, "new" + company, AT) is None


def test_an_e_mail_address_has_one_account(database: Engine, company: str) -> None:
    person = Account(f"acc{company}", f"Ann{company}@X.cn", "安", "argon", AT)
    with transaction(database) as connection:
        assert identity.add_account(connection, person)
        assert not identity.add_account(connection, replace(person, id="other"))
        passwords.set_password(connection, person.id, "new")
        found = identity.account_by_email(connection, f"ANN{company}@x.cn")
        assert found == replace(person, email=person.email.lower(), password_hash="new")
        assert identity.workspaces_of(connection, person.id) == []
        members.bind_account(connection, company, "ann", person.id)
        assert [each.id for each in identity.workspaces_of(connection, person.id)] == [company]
        assert identity.member_of_account(connection, company, person.id) == "ann"


def test_a_revoked_token_opens_nothing(database: Engine, company: str) -> None:
    token = ApiToken("t1", "bo", "脚本", AT, None)
    with transaction(database) as connection:
        identity.add_token(connection, company, "api" + company, token)
        found = identity.identify_token(connection, "api" + company)
        assert found is not None
        assert (found.member, found.workspace) == ("bo", company)
        assert identity.tokens_of(connection, company, "bo") == [token]
        assert not identity.revoke_token(connection, company, "ann", "t1", AT)
        assert identity.revoke_token(connection, company, "bo", "t1", AT)
        assert identity.identify_token(connection, "api" + company) is None
        assert identity.tokens_of(connection, company, "bo") == []


def test_an_invite_is_used_up(database: Engine, company: str) -> None:
    invite = Invite("v1", company, ("sales", "finance"), ("director",), "ann", AT, LATER, 1)
    with transaction(database) as connection:
        identity.add_invite(connection, "inv" + company, invite)
        assert identity.open_invite(connection, "inv" + company, AT) == invite
        assert identity.open_invite(connection, "inv" + company, LATER) is None
        assert identity.invites_of(connection, company, AT) == [invite]
        assert identity.use_invite(connection, "inv" + company, AT)
        assert not identity.use_invite(connection, "inv" + company, AT)
        assert identity.open_invite(connection, "inv" + company, AT) is None


def test_trials_are_counted_by_address(database: Engine, company: str) -> None:
    with transaction(database) as connection:
        identity.note_trial(connection, "addr" + company, AT, company)
        assert identity.trials_since(connection, "addr" + company, AT) == 1
        assert identity.trials_since(connection, "addr" + company, LATER) == 0
        assert identity.trials_since(connection, "other" + company, AT) == 0


def test_an_idempotency_key_keeps_the_first_answer(database: Engine, company: str) -> None:
    answer = Remembered("hash", 201, {"id": "a"}, AT)
    with transaction(database) as connection:
        assert identity.remember(connection, company, "ann", "k", answer)
        assert not identity.remember(connection, company, "ann", "k", replace(answer, status=500))
        assert identity.remembered(connection, company, "ann", "k") == answer
        assert identity.remembered(connection, company, "bo", "k") is None
        identity.forget(connection, LATER)
        assert identity.remembered(connection, company, "ann", "k") is None
