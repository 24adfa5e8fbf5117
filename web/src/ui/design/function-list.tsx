/** The functions with their meaning 函数列表, to pick one. */
import { Input, Popover } from 'antd'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useLanguage, useT } from '@/i18n/i18n'
import { ErrorState } from '@/ui/error-state'
import { RowBones } from '@/ui/skeletons'
import css from './design.module.css'
import { type FunctionHelp, functionTable } from './use-explained'

/** The groups, those used most first. */
const ORDER = ['logic', 'number', 'text', 'date', 'statistics', 'convert']

function Functions({ onPick }: { onPick: (name: string) => void }) {
  const t = useT()
  const spoken = useLanguage()
  const [rows, setRows] = useState<FunctionHelp[] | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [sought, setSought] = useState('')
  const [at, setAt] = useState<FunctionHelp | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table speaks the language of the page
  useEffect(() => {
    functionTable().then(setRows, setError)
  }, [spoken])
  const groups = useMemo(() => {
    const word = sought.trim().toLowerCase()
    const found = (rows ?? []).filter((row) => `${row.name} ${row.meaning}`.toLowerCase().includes(word))
    const rank = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)
    const names = [...new Set(found.map((row) => row.group))].sort((a, b) => rank(a) - rank(b))
    return names.map((name): [string, FunctionHelp[]] => [name, found.filter((row) => row.group === name)])
  }, [rows, sought])
  if (error !== null) return <ErrorState error={error} small />
  if (rows === null) return <RowBones rows={4} />
  const shown = at ?? groups[0]?.[1][0]
  return (
    <div className={css.functions}>
      <Input
        size="small"
        allowClear
        value={sought}
        placeholder={t('design.searchFunctions')}
        aria-label={t('design.searchFunctions')}
        onChange={(event) => setSought(event.target.value)}
      />
      <div className={css.functionRows}>
        {groups.map(([group, found]) => (
          <section key={group}>
            <h4>{t(`design.functions_${group}`)}</h4>
            {found.map((row) => (
              <button
                key={row.name}
                type="button"
                title={row.meaning}
                onMouseEnter={() => setAt(row)}
                onFocus={() => setAt(row)}
                onClick={() => onPick(row.name)}
              >
                {row.name}
                <span>{row.meaning}</span>
              </button>
            ))}
          </section>
        ))}
      </div>
      <div className={css.functionHelp}>
        {shown === undefined ? null : (
          <>
            <code>{shown.signature}</code>
            <p>{shown.meaning}</p>
            {shown.examples.slice(0, 2).map((example) => (
              <code key={example}>{example}</code>
            ))}
          </>
        )}
      </div>
    </div>
  )
}

/** Opens on its child. */
export function FunctionList({ onPick, children }: { onPick: (name: string) => void; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  const pick = (name: string) => {
    setOpen(false)
    onPick(name)
  }
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="leftTop"
      destroyOnHidden
      content={<Functions onPick={pick} />}
    >
      {children}
    </Popover>
  )
}
