/** What stands at the edges of the canvas 画布工具: zoom, tidy, map, choose, find. */
import { Panel, useReactFlow } from '@xyflow/react'
import { Input, type InputRef, Modal } from 'antd'
import { BoxSelect, Map as MapIcon, Maximize, Network, Search, ZoomIn, ZoomOut } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { pick, useT } from '@/i18n/i18n'
import { nodeTypeNamed } from '@/nodes/registry'
import { IconButton } from '@/ui/icon-button'
import css from './flow.module.css'
import { sought } from './neighbours'
import { nodeName, typeWords, useFlow } from './use-flow'

const FIT = { padding: 0.16, maxZoom: 1, duration: 150 }
const FOUND = 8
const READABLE = 0.85

interface ToolsProps {
  map: boolean
  onMap: () => void
  /** A drag on the ground chooses instead of moving it. */
  choosing: boolean
  onChoosing: () => void
  onFind: () => void
}

/** Buttons at the lower left. */
export function Tools({ map, onMap, choosing, onChoosing, onFind }: ToolsProps) {
  const t = useT()
  const { change } = useFlow()
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  const tidyUp = () => {
    change((draft) => {
      delete draft.drawing
    })
    setTimeout(() => void fitView(FIT), 30)
  }
  return (
    <Panel position="bottom-left" className={css.tools}>
      <IconButton icon={ZoomOut} label={t('flow.zoomOut')} onClick={() => void zoomOut({ duration: 90 })} />
      <IconButton icon={ZoomIn} label={t('flow.zoomIn')} onClick={() => void zoomIn({ duration: 90 })} />
      <IconButton icon={Maximize} label={t('flow.fit')} onClick={() => void fitView(FIT)} />
      <IconButton icon={Network} label={t('flow.tidy')} onClick={tidyUp} />
      <IconButton
        icon={BoxSelect}
        label={t('flow.chooseSeveral')}
        type={choosing ? 'default' : 'text'}
        onClick={onChoosing}
      />
      <IconButton icon={Search} label={t('flow.find')} onClick={onFind} />
      <IconButton icon={MapIcon} label={t('flow.map')} type={map ? 'default' : 'text'} onClick={onMap} />
    </Panel>
  )
}

/** Finds a node by its words; Enter goes to the first. */
export function Finder({ onGo, onClose }: { onGo: (id: string) => void; onClose: () => void }) {
  const t = useT()
  const { workflow } = useFlow()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const box = useRef<InputRef>(null)
  useEffect(() => box.current?.focus(), [])
  const nodes = Object.entries(workflow.nodes).map(([id, node]) => {
    const type = nodeTypeNamed(node.type)
    const kind = type === undefined ? node.type : typeWords(type)
    return { id, name: nodeName(node), kind, words: `${nodeName(node)} ${kind} ${id} ${workflow.notes?.[id] ?? ''}` }
  })
  const found = sought(nodes, text).slice(0, FOUND)
  const { getNode, getZoom, setCenter } = useReactFlow()
  const go = (id: string | undefined) => {
    if (id === undefined) return
    onGo(id)
    onClose()
    const place = getNode(id)
    const [x, y] = [place?.position.x ?? 0, place?.position.y ?? 0]
    const [width, height] = [place?.measured?.width ?? 0, place?.measured?.height ?? 0]
    const sight = { zoom: Math.max(getZoom(), READABLE), duration: 150 }
    // after the choice has moved the view: what was looked for is to be read
    if (place) setTimeout(() => void setCenter(x + width / 2, y + height / 2, sight), 180)
  }
  const hear = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter') go(found[at]?.id)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Panel position="top-center" className={css.finder}>
      <search onKeyDown={hear}>
        <Input
          ref={box}
          value={text}
          prefix={<Search size={14} aria-hidden />}
          placeholder={t('flow.find')}
          aria-label={t('flow.find')}
          onBlur={(event) => {
            if (!event.relatedTarget || !event.currentTarget.closest('search')?.contains(event.relatedTarget)) onClose()
          }}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
        />
        <ul>
          {found.map(({ id, name, kind }, place) => (
            <li key={id}>
              <button
                type="button"
                data-at={place === at}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => go(id)}
              >
                <span>{name}</span>
                <small>{kind}</small>
              </button>
            </li>
          ))}
          {found.length === 0 ? <li className={css.nothing}>{t('flow.noneFound')}</li> : null}
        </ul>
      </search>
    </Panel>
  )
}

/** Asks which exit a drawn line comes from, when there are several. */
export function WhichExit({
  asked,
  onDone,
}: {
  asked: { from: string; to: string } | null
  onDone: (exit?: string) => void
}) {
  const t = useT()
  const { workflow } = useFlow()
  const node = asked === null ? undefined : workflow.nodes[asked.from]
  const exits = node === undefined ? [] : (nodeTypeNamed(node.type)?.exits(node) ?? [])
  return (
    <Modal
      open={asked !== null}
      title={t('flow.whichExit')}
      footer={null}
      width={360}
      centered
      onCancel={() => onDone()}
    >
      <div className={css.exits}>
        {exits.map(({ id, label }) => (
          <button key={id} type="button" onClick={() => onDone(id)}>
            {(typeof label === 'string' ? label : pick(label)) || id}
          </button>
        ))}
      </div>
    </Modal>
  )
}
