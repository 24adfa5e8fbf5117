"""Standing proxies in SQL 代理的存储: who may act for whom, from when to when, on which forms."""

from sqlalchemy import Connection, Text, bindparam, delete, or_, select

from runtime.ports import Proxy
from server.store.direct import Direct
from server.store.tables import proxy as table
from server.store.upsert import upsert

STANDING = Direct(
    select(*(table.c[name] for name in ("id", "principal", "proxy", "first", "last", "forms")))
    .where(table.c.workspace == bindparam("w"))
    .where(or_(bindparam("principal", type_=Text()) == "", table.c.principal == bindparam("principal", type_=Text())))
    .where(or_(bindparam("proxy", type_=Text()) == "", table.c.proxy == bindparam("proxy", type_=Text())))
    .order_by(table.c.id)
)


class SqlProxies:
    """The part of the port `Instances` that speaks of proxies."""

    connection: Connection
    workspace: str

    def proxies(self, *, principal: str = "", proxy: str = "") -> list[Proxy]:
        """The standing proxies of a principal, or those in which somebody stands in; all of them without either."""
        rows = STANDING.rows(self.connection, {"w": self.workspace, "principal": principal, "proxy": proxy})
        return [Proxy(id, who, by, first, last, tuple(forms or ())) for id, who, by, first, last, forms in rows]

    def keep_proxy(self, proxy: Proxy) -> None:
        """Insert or replace a standing proxy."""
        row = {**vars(proxy), "forms": list(proxy.forms), "workspace": self.workspace}
        upsert(self.connection, table, [row])

    def drop_proxy(self, id: str) -> None:
        """Remove a standing proxy."""
        self.connection.execute(delete(table).where(table.c.workspace == self.workspace, table.c.id == id))
