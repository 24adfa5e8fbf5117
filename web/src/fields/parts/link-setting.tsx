/** A link that may name fields 链接设置: told when it cannot be published. */
import { Input } from 'antd'
import { useState } from 'react'
import { useT } from '@/i18n/i18n'
import { isLink } from '@/ui/fill/links'
import css from './fields.module.css'
import { Setting } from './setting'

interface LinkSettingProps {
  label: string
  value: string
  secure?: boolean
  onChange: (link: string | undefined) => void
}

/** Kept when it is a link or empty; what is being typed stays in the box. */
export function LinkSetting({ label, value, secure, onChange }: LinkSettingProps) {
  const t = useT()
  const [typed, setTyped] = useState(value)
  const link = typed.trim()
  const wrong = link !== '' && !isLink(link, secure)
  return (
    <Setting label={label}>
      <Input
        value={typed}
        maxLength={2000}
        inputMode="url"
        placeholder="https://"
        status={wrong ? 'error' : undefined}
        onChange={(event) => {
          const next = event.target.value
          setTyped(next)
          if (next.trim() === '' || isLink(next.trim(), secure)) onChange(next.trim() || undefined)
        }}
      />
      <span className={wrong ? css.cellProblem : css.small}>{t(wrong ? 'fill.linkWrong' : 'fill.linkHint')}</span>
    </Setting>
  )
}
