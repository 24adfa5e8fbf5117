/** Where the proofs are found 验证入口: a menu in the bar, and a panel that comes with its words when it is wanted. */
import { Button, Dropdown } from 'antd'
import { ChartNoAxesColumn, ChevronDown, FlaskConical, GitCompareArrows, History, ListChecks, Play } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { need, useT } from '@/i18n/i18n'
import { useGo } from '@/lib/route'
import { useIsPhone } from '@/lib/use-is-phone'
import type { AppDraft } from '@/ui/design/draft'
import { FormBones } from '@/ui/skeletons'
import css from './proofs.module.css'
import { TOOLS, type Tool } from './tool'

const WORDS = 'proofs'
const ICONS = { simulate: Play, cases: ListChecks, dryRun: GitCompareArrows, analysis: ChartNoAxesColumn }
const Panel = lazy(() => Promise.all([import('./proof-panel'), need(WORDS)]).then(([module]) => module))

/** The menu's words are needed before it opens. */
function useWords(): boolean {
  const [here, setHere] = useState(false)
  useEffect(() => void need(WORDS).then(() => setHere(true)), [])
  return here
}

interface MenuProps {
  app: string
  form: string
  onTool: (tool: Tool) => void
}

/** One button in the bar. */
export function ProofMenu({ app, form, onTool }: MenuProps) {
  const t = useT()
  const go = useGo()
  const phone = useIsPhone()
  const here = useWords()
  const entry = (key: string, Icon: typeof Play) => ({
    key,
    icon: <Icon size={15} aria-hidden />,
    label: (
      <span className={css.entry}>
        {t(`proofs.${key}`)}
        <small>{t(`proofs.${key}Hint`)}</small>
      </span>
    ),
  })
  const items = here ? [...TOOLS.map((tool) => entry(tool, ICONS[tool])), entry('versions', History)] : []
  const open = (key: string) => (key === 'versions' ? go(`/app/${app}/versions`, { form }) : onTool(key as Tool))
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => open(key) }} trigger={['click']} placement="bottomRight">
      <Button icon={<FlaskConical size={15} aria-hidden />} aria-label={here ? t('proofs.menu') : undefined}>
        {phone || !here ? null : t('proofs.menu')}
        {phone ? null : <ChevronDown size={13} aria-hidden />}
      </Button>
    </Dropdown>
  )
}

interface RoomProps {
  tool: Tool
  draft: AppDraft
  onTool: (tool: Tool | undefined) => void
}

/** The open tool beside the canvas. */
export function ProofRoom(props: RoomProps) {
  return (
    <Suspense fallback={<FormBones />}>
      <Panel {...props} />
    </Suspense>
  )
}
