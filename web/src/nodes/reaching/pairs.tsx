/** Names and texts 名值列表: headers, keys of a request. */
import { Button, Input } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import css from '../parts/nodes.module.css'

interface PairsProps {
  value: Record<string, string>
  onChange: (value: Record<string, string>) => void
  name: string
  text: string
  add: string
}

type Pair = { key: number; name: string; text: string }

function rowsOf(value: Record<string, string>): Pair[] {
  return Object.entries(value).map(([name, text], key) => ({ key, name, text }))
}

/** One line for each; a line without a name is not kept. */
export function Pairs({ value, onChange, name, text, add }: PairsProps) {
  const t = useT()
  const [rows, setRows] = useState<Pair[]>(() => rowsOf(value))
  const keep = (next: Pair[]) => {
    setRows(next)
    onChange(Object.fromEntries(next.filter((row) => row.name.trim() !== '').map((row) => [row.name.trim(), row.text])))
  }
  const put = (key: number, patch: Partial<Pair>) =>
    keep(rows.map((row) => (row.key === key ? { ...row, ...patch } : row)))
  const next = Math.max(-1, ...rows.map((row) => row.key)) + 1
  return (
    <>
      {rows.map((row) => (
        <div key={row.key} className={css.inline}>
          <Input
            size="small"
            value={row.name}
            aria-label={name}
            placeholder={name}
            onChange={(event) => put(row.key, { name: event.target.value })}
          />
          <Input
            size="small"
            value={row.text}
            aria-label={text}
            placeholder={text}
            onChange={(event) => put(row.key, { text: event.target.value })}
          />
          <IconButton
            size="small"
            icon={X}
            iconSize={14}
            label={t('nodes.remove')}
            onClick={() => keep(rows.filter((each) => each.key !== row.key))}
          />
        </div>
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => setRows([...rows, { key: next, name: '', text: '' }])}
      >
        {add}
      </Button>
    </>
  )
}
