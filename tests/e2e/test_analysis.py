"""The head of a department sees where the time of his people goes (流程分析)."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.pages.api import Api
from tests.e2e.pages.shell import Shell


def test_a_head_reads_the_figures_of_his_people_and_takes_them_home(desktop: Page) -> None:
    """From the menu; the period stands in the address; the file holds what the page shows."""
    api = Api(desktop).start_trial()
    api.play("刘主管")
    shell = Shell(desktop)
    shell.go("form/contract")
    shell.open("流程分析")
    main = desktop.get_by_role("main")
    main.get_by_text("近 365 天").click()
    expect(desktop).to_have_url(re.compile("days=365"))
    expect(main).to_contain_text("这里只统计你部门成员的办理")
    expect(main).to_contain_text("时间主要花在「主管审批」")
    expect(main.get_by_role("region", name="流程图")).to_contain_text("小时")
    main.get_by_text("按人员", exact=True).click()
    expect(main.get_by_role("row").filter(has_text="刘主管")).to_contain_text("主管审批")
    main.get_by_role("button", name="导出").click()
    with desktop.expect_download() as file:
        desktop.get_by_role("menuitem", name=".csv").click()
    assert "刘主管" in file.value.path().read_text(encoding="utf-8-sig")


def test_who_heads_nobody_is_not_offered_the_figures(desktop: Page) -> None:
    """The menu has no entry, and the address leads to a sentence."""
    api = Api(desktop).start_trial()
    api.play("销售小王")
    shell = Shell(desktop)
    shell.go("analysis")
    expect(desktop.get_by_text("没有可以查看的流程")).to_be_visible()
    expect(shell.menu.get_by_role("link", name="流程分析")).to_have_count(0)
