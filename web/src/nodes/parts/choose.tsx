/** A setting that is one of a few words 单选设置; its first word is the default and is not written down. */
import { Select } from 'antd'
import type { ReactNode } from 'react'
import { Setting } from './setting'

interface ChooseProps<W extends string> {
  label: string
  hint?: ReactNode
  /** The default first. */
  words: readonly W[]
  say: (word: W) => string
  value: W | undefined
  onChange: (word: W | undefined) => void
}

/** A label over a list of words. */
export function Choose<W extends string>({ label, hint, words, say, value, onChange }: ChooseProps<W>) {
  return (
    <Setting label={label} hint={hint}>
      <Select<W>
        value={value ?? words[0]}
        aria-label={label}
        options={words.map((word) => ({ value: word, label: say(word) }))}
        onChange={(word) => onChange(word === words[0] ? undefined : word)}
      />
    </Setting>
  )
}
