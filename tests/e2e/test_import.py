"""Files become records, with a verdict before and a way back (导入与导出)."""

import csv
import itertools
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.pages.api import Api
from tests.e2e.pages.importing import Wizard
from tests.e2e.pages.records import RecordList
from tests.e2e.pages.shell import Shell

FILES = Path(__file__).resolve().parents[1] / "data" / "crm_sales"
ROWS = 60


def at(page: Page, form: str) -> Wizard:
    """The list of a form, ready for a file."""
    Shell(page).go(f"form/{form}")
    expect(RecordList(page).rows.first).to_be_visible()
    return Wizard(page)


def accounts(page: Page) -> Wizard:
    """The 85 customers, imported."""
    wizard = at(page, "customer")
    wizard.drop(FILES / "accounts.csv")
    wizard.goes_to("office_location", "所在地")
    wizard.map("account", "客户名称")
    wizard.map("sector", "行业")
    wizard.check()
    wizard.figure("可导入", 85)
    wizard.start(85)
    wizard.figure("已新增", 85)
    wizard.click("关闭")
    return wizard


def products(page: Page) -> Wizard:
    """The seven products, imported."""
    wizard = at(page, "product")
    wizard.drop(FILES / "products.csv")
    wizard.map("product", "产品名称")
    wizard.map("sales_price", "标准价")
    wizard.check()
    wizard.start(7)
    wizard.click("关闭")
    return wizard


def a_slice(folder: Path) -> tuple[Path, int]:
    """The first rows of the pipeline as a file, and how many of them name a product that does not exist."""
    with (FILES / "sales_pipeline.csv").open(encoding="utf-8", newline="") as source:
        rows = list(itertools.islice(csv.reader(source), ROWS + 1))
    path = folder / "pipeline.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
    return path, sum(row[2] == "GTXPro" for row in rows)


def test_customers_and_products_come_in_and_a_wrong_name_is_mended(desktop: Page, tmp_path: Path) -> None:
    """The wrong product is reported, not guessed away; one replacement mends all its rows."""
    api = Api(desktop).start_trial()
    before = api.total("customer")
    accounts(desktop)
    RecordList(desktop).counts(before + 85)
    products(desktop)
    path, wrong = a_slice(tmp_path)
    wizard = at(desktop, "opportunity")
    had = api.total("opportunity")
    wizard.drop(path)
    wizard.goes_to("close_value", "成交金额")
    wizard.map("opportunity_id", "商机名称")
    wizard.map("account", "客户")
    wizard.check()
    wizard.figure("有问题", wrong)
    trouble = wizard.trouble("GTXPro")
    expect(trouble).to_contain_text(f"{wrong} 行")
    trouble.get_by_label("替换为").fill("GTX Pro")
    trouble.get_by_role("button", name=f"替换 {wrong} 行").click()
    wizard.figure("有问题", 0)
    wizard.start(ROWS)
    wizard.figure("已新增", ROWS)
    wizard.click("关闭")
    RecordList(desktop).counts(had + ROWS)
    assert api.total("opportunity", search="1C1I7A6R") == 1


def test_bad_rows_are_handed_back_in_a_file_and_an_import_is_undone(desktop: Page, tmp_path: Path) -> None:
    """What could not be read comes back with reasons; undo leaves nothing behind."""
    api = Api(desktop).start_trial()
    had = api.total("customer")
    path = tmp_path / "客户.csv"
    path.write_text("客户名称,员工人数\n甲公司,12\n乙公司,很多\n丙公司,30\n", encoding="utf-8")
    wizard = at(desktop, "customer")
    wizard.drop(path)
    wizard.goes_to("员工人数", "员工人数")
    wizard.check()
    wizard.figure("可导入", 2)
    wizard.figure("有问题", 1)
    assert api.total("customer") == had
    wizard.start(2)
    with desktop.expect_download() as download:
        wizard.root.get_by_role("link", name="下载错误文件").click()
    assert Path(download.value.path()).stat().st_size > 0
    wizard.click("撤销本次导入")
    desktop.get_by_role("dialog", name="撤销整个导入？").get_by_role("button", name="撤销本次导入").click()
    expect(wizard.root.get_by_text("已撤销导入")).to_be_visible()
    assert api.total("customer") == had


def test_what_a_list_shows_is_exported(desktop: Page) -> None:
    """The filtered rows and the chosen columns, as people see them."""
    api = Api(desktop).start_trial()
    at(desktop, "customer")
    found = RecordList(desktop)
    found.search("泰科")
    found.counts(api.total("customer", search="泰科"))
    found.button("导出").click()
    with desktop.expect_download() as download:
        desktop.get_by_role("menuitem", name="导出为 CSV（当前列）").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = list(csv.reader(file))
    assert "客户名称" in heads
    assert [row[heads.index("客户名称")] for row in rows] == ["惠州泰科电池有限公司"]


def test_a_workbook_that_was_exported_comes_in_through_the_wizard(desktop: Page) -> None:
    """Dropped as .xlsx; its headings are recognised, numbers stay out unless they are chosen."""
    api = Api(desktop).start_trial()
    at(desktop, "lead")
    book = desktop.request.get("/api/apps/crm/forms/lead/export?format=xlsx").body()
    wizard = Wizard(desktop)
    wizard.drop_book("线索.xlsx", book)
    wizard.goes_to("公司名称", "公司名称")
    wizard.goes_to("线索来源", "线索来源")
    total = api.total("lead")
    wizard.check()
    wizard.figure("可导入", total)
    wizard.start(total)
    assert api.total("lead") == 2 * total


def test_a_list_goes_out_with_its_files_and_comes_in_again(desktop: Page, tmp_path: Path) -> None:
    """One .zip: a table and a folder for each record; the file that is found in the new record is a file of its own."""
    api = Api(desktop).start_trial()
    kept = desktop.request.post(
        "/api/files",
        headers={"X-Requested-With": "qiaoban"},
        multipart={"file": {"name": "证照.txt", "mimeType": "text/plain", "buffer": b"licence"}},
    ).json()
    made = api.create("customer", {"name": "带附件的客户", "files": [kept]})
    at(desktop, "customer")
    found = RecordList(desktop)
    found.search("带附件的客户")
    found.counts(1)
    found.button("导出").click()
    with desktop.expect_download() as download:
        desktop.get_by_role("menuitem", name="导出为压缩包（全部字段，含附件和图片）").click()
    archive = tmp_path / "customer.zip"
    download.value.save_as(archive)
    renamed = {"values": {"name": "带附件的客户二"}, "before": {"name": "带附件的客户"}}
    api.patch(f"/api/apps/crm/forms/customer/records/{made['id']}", renamed)
    desktop.get_by_role("button", name="导入", exact=True).click()
    wizard = Wizard(desktop)
    desktop.get_by_label("选择文件").set_input_files(archive)
    expect(wizard.root.get_by_text("附带 1 个文件")).to_be_visible()
    wizard.goes_to("附件", "附件")
    wizard.check()
    wizard.start(1)
    wizard.click("关闭")
    found.counts(2)
    files = [one["values"]["files"][0] for one in api.records("customer", search="带附件的客户")]
    assert len({file["id"] for file in files}) == 2
    assert {desktop.request.get(f"/api/files/{file['id']}").body() for file in files} == {b"licence"}
