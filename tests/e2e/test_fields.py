"""Field types that only a real browser can show (字段类型): formatted text, signatures, pasted rows."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Console
from tests.e2e.pages.api import APP, Api
from tests.e2e.pages.shell import Shell

ROWS = [
    {"id": "name", "type": "text", "label": "品名"},
    {"id": "price", "type": "number", "label": "单价", "format": "money"},
    {"id": "kind", "type": "choice", "label": "类别", "options": [{"id": "a", "label": "甲"}]},
]
FIELDS: list[dict[str, Any]] = [
    {"id": "title", "type": "text", "label": "名称", "required": True},
    {"id": "body", "type": "richtext", "label": "正文", "width": "full"},
    {"id": "sign", "type": "signature", "label": "签名"},
    {"id": "lines", "type": "subform", "label": "明细", "width": "full", "fields": ROWS},
]
PASTE = """(cell, text) => {
  const data = new DataTransfer()
  data.setData('text/plain', text)
  cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}"""
STINGS = (
    '<p>好<script>window.stung = 1</script></p><img src="x" onerror="window.stung = 2">'
    '<a href="javascript:stung=3">l</a><iframe src="https://example.com"></iframe>'
    '<p style="position:fixed" onclick="window.stung = 4">p</p>'
)


def open_form(page: Page) -> Api:
    """A trial with the form published, a new record open."""
    api = Api(page).start_trial()
    form = {"id": "thing", "name": "各种字段", "title": "title", "fields": FIELDS}
    headers = {"X-Requested-With": "qiaoban"}
    body = {"value": form, "base": ""}
    draft = page.request.put(f"/api/apps/{APP}/draft/forms/thing", data=body, headers=headers)
    assert draft.ok, draft.text()
    api.post(f"/api/apps/{APP}/publish", {"message": "", "revision": draft.json()["revision"]})
    Shell(page).go("form/thing?record=new")
    page.get_by_role("textbox", name="名称", exact=True).fill("第一")
    return api


def test_a_signature_is_drawn_and_kept(desktop: Page) -> None:
    """With the mouse; the picture is a stored file of the record."""
    api = open_form(desktop)
    desktop.get_by_text("点击签名").click()
    paper = desktop.locator("canvas").bounding_box()
    assert paper is not None
    desktop.mouse.move(paper["x"] + 40, paper["y"] + 60)
    desktop.mouse.down()
    for step in range(12):
        desktop.mouse.move(paper["x"] + 40 + step * 12, paper["y"] + 60 + (step % 4) * 15)
    desktop.mouse.up()
    desktop.get_by_role("button", name="完成签名").click()
    expect(desktop.get_by_role("img", name="已签名")).to_be_visible()
    desktop.get_by_role("button", name="保存", exact=True).click()
    Shell(desktop).says("已添加")
    held = api.records("thing")[0]["values"]["sign"]
    assert [file["type"] for file in held] == ["image/png"]


def test_a_table_from_a_spreadsheet_is_pasted_into_rows(desktop: Page) -> None:
    """Money, options and new rows; the sum stands at the foot."""
    api = open_form(desktop)
    desktop.get_by_role("button", name="添加一行").click()
    cell = desktop.get_by_role("table", name="明细").get_by_label("品名").first
    cell.focus()
    cell.evaluate(PASTE, "板\t¥1,200.50\t甲\n桩\t7\t乙\n")
    expect(desktop.get_by_text("¥1,207.50")).to_be_visible()
    desktop.get_by_role("button", name="保存", exact=True).click()
    Shell(desktop).says("已添加")
    kept = [(row["name"], row["price"], row.get("kind")) for row in api.records("thing")[0]["values"]["lines"]]
    assert kept == [("板", "1200.5", "a"), ("桩", "7", None)]


def test_formatted_text_is_harmless_in_the_browser_too(desktop: Page, console: Console) -> None:
    """Even if a server sent it uncleaned: what is drawn has no script, no handler and no foreign frame."""
    console.expect("inline event handler")
    api = open_form(desktop)
    id = api.create("thing", {"title": "x", "body": "<p>好</p>"})["id"]

    def tampered(route: Any) -> None:
        answer = route.fetch()
        found = answer.json()
        if "values" in found:
            found["values"]["body"] = STINGS
        route.fulfill(response=answer, json=found)

    desktop.route(f"**/forms/thing/records/{id}*", tampered)
    Shell(desktop).go(f"form/thing?record={id}")
    shown = desktop.locator('[data-field="body"]')
    expect(shown).to_contain_text("好")
    html = shown.inner_html()
    assert not any(sting in html for sting in ("script", "onerror", "onclick", "iframe", "javascript", "position"))
    assert desktop.evaluate("window.stung") is None
