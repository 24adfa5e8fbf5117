/** What is wrong with this workflow 流程问题, with a way to each place and the way of its counter-example on the canvas. */
import { Panel, useReactFlow } from '@xyflow/react'
import { CircleAlert, Route, X } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { useT } from '@/i18n/i18n'
import type { Trouble } from '@/ui/design/draft'
import { within } from '@/ui/design/problem-list'
import { IconButton } from '@/ui/icon-button'
import { exampleOf, wayOf } from './counter-example'
import css from './flow.module.css'
import { clearOverlay, showTrail, useOverlay } from './overlay'
import { nodeName, useFlow } from './use-flow'

const SIGHT = { padding: 0.3, maxZoom: 1, minZoom: 0.3, duration: 200 }

interface ProblemPanelProps {
  open: boolean
  onOpen: (open: boolean) => void
}

/** A list at the lower right; each sentence shows its way. */
export function ProblemPanel({ open, onOpen }: ProblemPanelProps) {
  const t = useT()
  const { workflow, problems, advice, select, form } = useFlow()
  const trail = useOverlay((overlay) => overlay.trail)
  const { fitView } = useReactFlow()
  const wrong = useMemo(() => [...problems.values()].flat(), [problems])
  const own = useMemo(() => [...wrong, ...advice], [wrong, advice])
  useEffect(() => clearOverlay, [])
  useEffect(() => {
    if (own.length > 0) return
    onOpen(false)
    if (useOverlay.getState().trail?.tone === 'danger') showTrail(null)
  }, [own.length, onOpen])
  const show = (problem: Trouble) => {
    const path = within(`workflows/${workflow.id}`, problem.path)
    const nodes = wayOf(workflow, problem)
    select(path?.[0] === 'nodes' ? String(path[1]) : '')
    const tone = wrong.includes(problem) ? ('danger' as const) : ('accent' as const)
    showTrail(nodes.length > 1 ? { nodes, tone, words: problem.detail } : null)
    // after the choice has moved the view: the whole way is wanted
    const shown = (nodes.length > 1 ? nodes : [String(path?.[1] ?? '')]).filter((id) => id in workflow.nodes)
    if (shown.length > 0) setTimeout(() => void fitView({ ...SIGHT, nodes: shown.map((id) => ({ id })) }), 180)
  }
  const nameOf = (id: string) => {
    const node = workflow.nodes[id]
    return node === undefined ? id : nodeName(node)
  }
  const said = wrong.length > 0 ? t('flow.problems', { count: wrong.length }) : ''
  const odd = advice.length > 0 ? t('flow.advice', { count: advice.length }) : ''
  if (own.length === 0) return null
  return (
    <Panel position="bottom-right" className={css.problemPanel} data-tone={wrong.length > 0 ? 'danger' : 'advice'}>
      <header>
        <button type="button" aria-expanded={open} onClick={() => onOpen(!open)}>
          <CircleAlert size={15} aria-hidden />
          {[said, odd].filter((each) => each !== '').join(' · ')}
        </button>
        {open ? (
          <IconButton
            icon={X}
            iconSize={14}
            size="small"
            label={t('flow.closeProblems')}
            onClick={() => {
              showTrail(null)
              onOpen(false)
            }}
          />
        ) : null}
      </header>
      {open ? (
        <ul>
          {own.map((problem) => {
            const way = wayOf(workflow, problem)
            const example = exampleOf(problem, form.fields ?? [])
            return (
              <li
                key={`${problem.code}/${problem.path.join('/')}/${problem.detail}`}
                data-tone={wrong.includes(problem) ? 'danger' : 'advice'}
              >
                <button type="button" data-shown={trail?.words === problem.detail} onClick={() => show(problem)}>
                  <span>{problem.detail}</span>
                  {way.length > 1 ? (
                    <small>
                      <Route size={13} aria-hidden />
                      {way.map(nameOf).join(' → ')}
                    </small>
                  ) : null}
                  {example === '' ? null : <small>{t('flow.example', { values: example })}</small>}
                </button>
              </li>
            )
          })}
        </ul>
      ) : null}
    </Panel>
  )
}
