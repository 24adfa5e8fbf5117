"""A workflow is tried before it is published, and what runs is moved to the new one (模拟与迁移)."""

from playwright.sync_api import Page, expect

from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.proofs import Migration, Simulation
from tests.e2e.pages.running import contracts
from tests.e2e.pages.shell import Shell


def test_a_workflow_is_walked_as_anybody_and_the_walk_is_kept(desktop: Page) -> None:
    """Begin as the salesperson, agree as his manager, look back, keep the walk; nothing is stored."""
    api = Api(desktop).start_trial()
    before = api.query("contract", total=True)["total"]
    Shell(desktop).go("design/flow/contract?tool=simulate")
    walk = Simulation(desktop)
    walk.begin("销售小王", amount="250000")
    walk.shows(1, "刘主管 收到待办")
    walk.act("刘主管", "同意")
    walk.shows(2, "周总监 收到待办")
    walk.asks("countersign", "周总监、赵会计")
    desktop.get_by_role("button", name="上一步").click()
    walk.asks("manager", "刘主管")
    desktop.get_by_role("button", name="最后一步").click()
    walk.act("赵会计", "拒绝")
    walk.shows(3, "未通过")
    walk.keep("会签被拒绝")
    Shell(desktop).says("用例已保存在草稿中")
    desktop.get_by_text("用例", exact=True).first.click()
    expect(desktop.get_by_text("6 个用例全部符合预期")).to_be_visible()
    assert api.query("contract", total=True)["total"] == before


def renamed(api: Api) -> None:
    """The next version has another node in the manager's place."""
    draft = api.get("/api/apps/crm/draft")
    flow = draft["parts"]["workflows/contract"]
    chief = {**flow["nodes"].pop("manager"), "label": "部门负责人审批"}
    flow["nodes"] = {**flow["nodes"], "chief": chief}
    flow["nodes"]["draft"]["on"] = {"submit": "chief"}
    flow["drawing"] = {}
    for part, value in (("checks/contract", None), ("workflows/contract", flow)):
        body = {"value": value, "base": api.get("/api/apps/crm/draft")["hashes"][part]}
        answer = api.page.request.put(f"/api/apps/crm/draft/{part}", data=body)
        assert answer.ok, answer.text()
    api.post("/api/apps/crm/publish", {"revision": api.get("/api/apps/crm/draft")["revision"], "message": ""})


def test_running_contracts_are_moved_to_the_new_version_and_back(desktop: Page) -> None:
    """The plan is completed, looked at, done, and taken back."""
    api = Api(desktop).start_trial()
    renamed(api)
    Shell(desktop).go("versions")
    desktop.get_by_role("button", name="迁移").click()
    drawer = Migration(desktop)
    expect(drawer.root).to_contain_text("还有 1 个节点没有指明去向")
    drawer.becomes("主管审批", "部门负责人审批")
    expect(drawer.row("恒泰年度维保合同")).to_contain_text("部门负责人审批")
    drawer.move(6)
    Shell(desktop).says("已迁移 6 个流程")
    expect(drawer.root).to_contain_text("没有需要迁移的流程")
    drawer.undo()
    Shell(desktop).says("已撤销 6 个流程的迁移")
    expect(drawer.root).to_contain_text("6 个进行中")


def test_all_are_moved_and_what_stays_says_why(desktop: Page) -> None:
    """More than a batch; one is halted, and stays with its reason while the others go."""
    api = Api(desktop).start_trial()
    (halted, *_) = contracts(api, *(f"批量合同{number}" for number in range(24)))
    api.play("陈总")
    renamed(api)
    shell, drawer = Shell(desktop), Migration(desktop)
    shell.go("versions")
    desktop.get_by_role("button", name="迁移").click()
    drawer.becomes("主管审批", "部门负责人审批")
    expect(drawer.root.get_by_role("button", name="迁移 30 个流程")).to_be_enabled()
    api.post(f"/api/apps/{APP}/forms/contract/records/{halted}/suspend")
    drawer.move(30)
    result = drawer.root.get_by_role("region", name="迁移结果")
    expect(result).to_contain_text("已迁移 29 个流程")
    expect(result.get_by_role("listitem")).to_contain_text(["批量合同0"])
    drawer.undo()
    shell.says("已撤销 29 个流程的迁移")
