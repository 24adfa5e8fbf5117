/** A comment in which people are named 提到: @ offers those who may see the record, found by name or pinyin. */
import { Mentions } from 'antd'
import type { MentionsRef } from 'antd/es/mentions'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { api, type GetAnswer } from '@/api/client'
import { useT } from '@/i18n/i18n'
import { Person } from '../avatar'
import css from './record.module.css'

const PEOPLE = '/api/apps/{app}/forms/{form}/records/{record}/people'
const PAUSE = 150

type Named = GetAnswer<typeof PEOPLE>[number]

/** The record that is commented on. */
export interface Place {
  app: string
  form: string
  record: string
}

/** Who was picked while a comment was written; two people may have one name. */
export function useNaming() {
  const picked = useRef(new Map<string, string>())
  return useMemo(
    () => ({
      pick: (id: string, name: string) => void picked.current.set(id, name),
      /** Those of them whom the text still names. */
      in: (text: string) => [...picked.current].filter(([, name]) => text.includes(`@${name}`)).map(([id]) => id),
    }),
    [],
  )
}

export type Naming = ReturnType<typeof useNaming>

/** Asked a moment after the last key; what comes late is thrown away. */
function useOffer({ app, form, record }: Place, text: string | null) {
  const [found, setFound] = useState<{ text: string; people: Named[] } | null>(null)
  useEffect(() => {
    if (text === null) return
    let wanted = true
    const timer = setTimeout(async () => {
      const params = { path: { app, form, record }, query: { text: text.slice(0, 60) } }
      const people = await api.get(PEOPLE, { params }).catch((): Named[] => [])
      if (wanted) setFound({ text, people })
    }, PAUSE)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [app, form, record, text])
  const waits = text !== null && found?.text !== text
  // until the answer is there, of the former one only what still fits: Enter must not name somebody else
  const people = (found?.people ?? []).filter(({ name }) => !waits || (text !== null && name.includes(text)))
  return { people, waits }
}

interface BoxProps {
  place: Place
  naming: Naming
  value: string
  label: string
  placeholder: string
  onChange: (text: string) => void
  focus?: RefObject<MentionsRef | null>
  wrong?: boolean
  /** Lines when it is empty. */
  rows?: number
  /** At the foot of a page the offer opens upwards. */
  upwards?: boolean
}

/** A text that grows with what is typed. */
export function MentionBox(props: BoxProps) {
  const { place, naming, value, label, placeholder, onChange, focus, wrong = false, rows = 1, upwards = false } = props
  const t = useT()
  const [sought, setSought] = useState<string | null>(null)
  const { people, waits } = useOffer(place, sought)
  const options = people.map(({ id, name, title }) => ({
    key: id,
    value: name,
    label: (
      <span className={css.named}>
        <Person name={name} seed={id} size={20} />
        <small className={css.quiet}>{title}</small>
      </span>
    ),
  }))
  return (
    <Mentions
      ref={focus ?? null}
      value={value}
      options={options}
      loading={waits && people.length === 0}
      filterOption={false}
      placement={upwards ? 'top' : 'bottom'}
      maxLength={5000}
      {...(wrong ? { status: 'error' as const } : {})}
      autoSize={{ minRows: rows, maxRows: 6 }}
      placeholder={placeholder}
      aria-label={label}
      aria-invalid={wrong}
      notFoundContent={waits ? null : t('record.nobodyToName')}
      onSearch={setSought}
      onSelect={(option) => naming.pick(String(option.key), String(option.value))}
      onChange={onChange}
    />
  )
}
