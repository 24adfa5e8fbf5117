/** The panel of the open tool 验证面板. */
import { Segmented } from 'antd'
import { X } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import type { AppDraft } from '@/ui/design/draft'
import { IconButton } from '@/ui/icon-button'
import { AnalysisPanel } from '../analysis/analysis-panel'
import { CasesPanel } from '../cases/cases-panel'
import { DryRunPanel } from '../dry-run/dry-run-panel'
import { SimulatePanel } from '../simulate/simulate-panel'
import css from './proofs.module.css'
import { TOOLS, type Tool } from './tool'

interface PanelProps {
  tool: Tool
  draft: AppDraft
  onTool: (tool: Tool | undefined) => void
}

/** Head with the tools beside each other, and the open one. */
export default function ProofPanel({ tool, draft, onTool }: PanelProps) {
  const t = useT()
  return (
    <div className={css.panel} data-tool={tool}>
      <header className={css.head}>
        <Segmented
          value={tool}
          options={TOOLS.map((each) => ({ value: each, label: t(`proofs.${each}`) }))}
          onChange={onTool}
        />
        <IconButton icon={X} label={t('ui.close')} onClick={() => onTool(undefined)} />
      </header>
      {tool === 'simulate' ? <SimulatePanel draft={draft} /> : null}
      {tool === 'cases' ? <CasesPanel draft={draft} onTool={onTool} /> : null}
      {tool === 'dryRun' ? <DryRunPanel draft={draft} /> : null}
      {tool === 'analysis' ? <AnalysisPanel /> : null}
    </div>
  )
}
