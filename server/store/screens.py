"""Which sessions and API tokens still open a screen, in SQL 在线会话: asked for many at once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, or_, select

from server.store.tables import api_token, member, session, workspace

MANY = 500


def still_open(connection: Connection, hashes: Iterable[str], now: datetime) -> dict[str, tuple[str, str]]:
    """(workspace, member) by the hash of each secret that would be let in at this moment."""
    wanted, found = list(dict.fromkeys(hashes)), dict[str, tuple[str, str]]()
    kept = or_(workspace.c.trial_until.is_(None), workspace.c.trial_until >= now)
    for start in range(0, len(wanted), MANY):
        for table, ended in ((session, session.c.expires_at > now), (api_token, api_token.c.revoked_at.is_(None))):
            asked = (
                select(table.c.token_hash, table.c.workspace, table.c.member)
                .join(workspace, workspace.c.id == table.c.workspace)
                .join(member, (member.c.workspace == table.c.workspace) & (member.c.id == table.c.member))
                .where(table.c.token_hash.in_(wanted[start : start + MANY]), ended, member.c.enabled, kept)
            )
            found |= {row[0]: (row[1], row[2]) for row in connection.execute(asked)}
    return found
