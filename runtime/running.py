"""A workflow in somebody's hands 运行中的流程: the instance with its version and its record, within one transaction."""

from dataclasses import dataclass

from builder.definition import Workflow
from runtime.live import LiveForm
from runtime.ports import Instance, Record


@dataclass(frozen=True)
class Running:
    """An instance with its version of the workflow and its record, all held by this transaction."""

    instance: Instance
    workflow: Workflow
    live: LiveForm
    record: Record
