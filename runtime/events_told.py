"""What the browser is told of a form's events and recognitions 前端事件的说明: when to ask, never whom or with what."""

from collections.abc import Collection
from typing import Any

from builder.form_event import FormEvent, all_fills
from runtime.live import LiveForm

Json = Any


def told(live: LiveForm, known: Collection[str], strangers: bool = False) -> list[dict[str, Json]]:
    """The events as who knows these fields sees them: when to ask for which; never where they lead or what is sent."""
    return [
        {
            "id": event.id, "label": event.label, "on": event.on, "when": event.when,
            "fields": list(event.fields) if event.rows else [
                id for id in event.fields if id in known or id not in live.fields
            ],
            "fills": list(dict.fromkeys(fill.into for fill in all_fills(event) if event.rows or fill.into in known)),
            **({"rows": event.rows} if event.rows else {}),
        }
        for event in live.form.events
        if event.enabled and (event.public or not strangers)
        and fires(live, event, known) and (event.rows or any(fill.into in known for fill in all_fills(event)))
    ]  # fmt: skip


def fires(live: LiveForm, event: FormEvent, known: Collection[str]) -> bool:
    """Whether who knows these fields can set it off: buttons are nobody's secret."""
    if event.rows:
        return event.rows in known
    return event.on == "open" or any(id in known or id not in live.fields for id in event.fields)


def recognitions(live: LiveForm, known: Collection[str]) -> list[dict[str, Json]]:
    """The recognitions as who knows these fields sees them."""
    return [
        {"id": one.id, "label": one.label, "source": one.source, "fills": fills}
        for one in live.form.recognitions
        if (fills := [fill.into for fill in one.fills if fill.into in known])
    ]
