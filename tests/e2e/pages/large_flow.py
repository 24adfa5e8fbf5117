"""A workflow of thirty nodes 大流程: three conditions, a parallel split, a gap between conditions, two that overlap."""

from typing import Any

from tests.e2e.pages.api import APP, Api

PART = "workflows/contract"
# Each approval: its id, its name, the role that is asked, and where it leads.
APPROVALS = (
    ("check", "合规初审", "finance", "manager"),
    ("small", "小额快审", "finance", "tell"),
    ("middle", "销售总监审批", "sales_director", "middle_money"),
    ("middle_money", "财务复核", "finance", "tell"),
    ("big", "大额立项", "sales_director", "big_money"),
    ("big_money", "资金安排", "finance", "big_board"),
    ("big_board", "董事会备案", "sales_director", "tell"),
    ("law", "法务审条款", "sales_director", "law_again"),
    ("law_again", "法务复核", "sales_director", "join"),
    ("money", "账期审核", "finance", "invoice"),
    ("invoice", "开票信息核对", "finance", "join"),
    ("tech", "交付评估", "sales_director", "tech_again"),
    ("tech_again", "排期确认", "sales_director", "join"),
    ("chief", "总经理审批", "sales_director", "risk"),
    ("guarded", "风险担保", "finance", "priced"),
    ("priced", "价格特批", "sales_director", "seal"),
    ("seal", "用印登记", "finance", "sealed"),
    ("sealed", "用印复核", "finance", "archive"),
    ("archive", "合同归档", "finance", "tell_sales"),
)


def thirty() -> dict[str, Any]:
    """The nodes of the contract's workflow, thirty of them, not placed by hand."""
    nodes: dict[str, Any] = {
        "draft": {"type": "fill", "label": "起草合同", "on": {"submit": "check"}},
        "manager": {
            "type": "approve",
            "label": "主管审批",
            "assignees": [{"superior_of": "initiator"}],
            "empty": "admin",
            "on": {"approved": "size", "rejected": "closed"},
        },
        "size": {
            "type": "branch",
            "label": "金额分级",
            "when": {"low": "amount <= 10000", "mid": "AND(amount > 20000, amount <= 100000)"},
            "on": {"low": "small", "mid": "middle", "else": "big"},
        },
        "tell": {"type": "copy", "label": "抄送财务", "assignees": [{"role": "finance"}], "on": {"done": "split"}},
        "split": {"type": "parallel", "label": "同时会审", "on": {"law": "law", "money": "money", "tech": "tech"}},
        "join": {"type": "join", "label": "会审汇合", "on": {"done": "chief"}},
        "risk": {
            "type": "branch",
            "label": "风险判断",
            "when": {"high": "amount > 50000", "cheap": "AND(amount > 20000, amount < 80000)"},
            "on": {"high": "guarded", "cheap": "priced", "else": "seal"},
        },
        "tell_sales": {
            "type": "copy",
            "label": "抄送销售总监",
            "assignees": [{"role": "sales_director"}],
            "on": {"done": "signed"},
        },
        "left": {"type": "copy", "label": "通知未通过", "assignees": [{"role": "finance"}], "on": {"done": "closed"}},
        "signed": {"type": "end", "label": "已生效", "status": "approved"},
        "closed": {"type": "end", "label": "未通过", "status": "rejected"},
    }
    for id, label, role, to in APPROVALS:
        no = "left" if id == "chief" else "closed"
        asked = {"type": "approve", "label": label, "assignees": [{"role": role}], "empty": "admin"}
        nodes[id] = {**asked, "on": {"approved": to, "rejected": no}}
    return nodes


def with_thirty(api: Api, nodes: dict[str, Any] | None = None) -> None:
    """The contract's draft has a workflow of thirty nodes; the kept walks of the old one are gone."""
    draft = api.get(f"/api/apps/{APP}/draft")
    flow = {**draft["parts"][PART], "nodes": nodes or thirty(), "drawing": {}}
    for part, value in (("checks/contract", None), (PART, flow)):
        body = {"value": value, "base": draft["hashes"][part]}
        api.put(f"/api/apps/{APP}/draft/{part}", body)
