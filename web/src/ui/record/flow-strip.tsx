/** Where a workflow stands, on one line 流程小图: passed, now, still to come. */
import { Check } from 'lucide-react'
import { Fragment } from 'react'
import css from './record.module.css'
import type { TimelineEntry } from './timeline'

interface Stop {
  node: string
  label: string
  state: 'done' | 'now' | 'next'
}

/** The places in the order in which the story names them, each once, with where it is now. */
export function stopsOf(entries: TimelineEntry[], active: string[]): Stop[] {
  const stops = new Map<string, Stop>()
  for (const { node, label, state } of entries) {
    if (!node) continue
    const now = active.includes(node) ? 'now' : state === 'expected' ? 'next' : 'done'
    stops.set(node, { node, label, state: now })
  }
  return [...stops.values()]
}

/** Nothing for a workflow without a story. */
export function FlowStrip({ entries, active }: { entries: TimelineEntry[]; active: string[] }) {
  const stops = stopsOf(entries, active)
  if (stops.length === 0) return null
  return (
    <div className={css.strip}>
      {stops.map((stop, at) => (
        <Fragment key={stop.node}>
          {at > 0 ? <span className={css.stripLine} aria-hidden /> : null}
          <span
            className={`${css.stripNode} ${stop.state === 'done' ? css.stripDone : stop.state === 'now' ? css.stripNow : ''}`}
            aria-current={stop.state === 'now' ? 'step' : undefined}
          >
            {stop.state === 'done' ? <Check size={13} aria-hidden /> : null}
            {stop.label}
          </span>
        </Fragment>
      ))}
    </div>
  )
}
