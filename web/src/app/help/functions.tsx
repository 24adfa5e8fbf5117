/** The function table 函数表, as the server tells it in the asker's language. */
import { Input } from 'antd'
import { useState } from 'react'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { ErrorState } from '@/ui/error-state'
import { RowBones } from '@/ui/skeletons'
import css from './help.module.css'

interface FunctionRow {
  name: string
  group: string
  signature: string
  meaning: string
  examples: [string, string][]
}

const GROUPS = ['logic', 'number', 'text', 'date', 'statistics', 'convert']

function found(rows: FunctionRow[], text: string): FunctionRow[] {
  const wanted = text.trim().toLowerCase()
  return rows.filter(({ name, meaning }) => `${name} ${meaning}`.toLowerCase().includes(wanted))
}

function Row({ row }: { row: FunctionRow }) {
  return (
    <div className={css.function}>
      <div className={css.signature}>{row.signature}</div>
      <div>{row.meaning}</div>
      {row.examples.slice(0, 2).map(([text, result]) => (
        <div key={text} className={css.example}>
          {text} → {result}
        </div>
      ))}
    </div>
  )
}

/** Every function, by group, with a search box. */
export function Functions() {
  const t = useT()
  const [text, setText] = useState('')
  const { data, error, refetch } = useApi('/api/functions', undefined, { staleTime: 3_600_000 })
  if (error) return <ErrorState small error={error} onRetry={refetch} />
  if (!data) return <RowBones />
  const rows = found(data as unknown as FunctionRow[], text)
  const others = rows.map(({ group }) => group).filter((group) => !GROUPS.includes(group))
  const groups = [...GROUPS, ...new Set(others)]
  return (
    <section>
      <h3>{t('app.functions', { count: data.length })}</h3>
      <Input.Search
        allowClear
        value={text}
        placeholder={t('app.searchFunctions')}
        aria-label={t('app.searchFunctions')}
        onChange={(event) => setText(event.target.value)}
      />
      {rows.length === 0 ? <p className={css.lead}>{t('ui.paletteEmpty', { text })}</p> : null}
      {groups.map((group) => {
        const own = rows.filter((row) => row.group === group)
        return own.length === 0 ? null : (
          <div key={group} className={css.functions}>
            <div className={css.groupName}>{t(`app.functionGroup.${group}`, { defaultValue: group })}</div>
            {own.map((row) => (
              <Row key={row.name} row={row} />
            ))}
          </div>
        )
      })}
    </section>
  )
}
