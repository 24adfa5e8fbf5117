/** A value that did not convert 未能转换的值: tried again, or put into its field in other words. */
import { Button, Input } from 'antd'
import { useState } from 'react'
import { api, type GetAnswer } from '@/api/client'
import { renew } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { Tag } from '@/ui/tag'
import { toast } from '@/ui/toast'
import css from './retype.module.css'

const AGAIN = '/api/apps/{app}/retypings/{retyping}/lost/again'
type Lost = GetAnswer<'/api/apps/{app}/retypings/{retyping}/lost'>['values'][number]

export type Place = {
  app: string
  retyping: string
}

interface Wish {
  record: string
  field: string
  words: string | null
}

/** Shows anew what did not convert, and how many. */
const shown = () =>
  Promise.all([renew('/api/apps/{app}/retypings'), renew('/api/apps/{app}/retypings/{retyping}/lost')])

/** Tries all of them again, page after page; answers how many are in their fields now. */
export async function againAll(path: Place): Promise<number> {
  let [mended, after] = [0, '']
  do {
    const told = await api.post(AGAIN, { params: { path }, body: { values: [], after } })
    mended += told.mended
    after = told.next
  } while (after !== '')
  await shown()
  return mended
}

/** What the record is called, the value, why it did not convert, and what can be done. */
export function LostLine({ path, form, lost }: { path: Place; form: string; lost: Lost }) {
  const t = useT()
  const [words, setWords] = useState(lost.words)
  const [busy, setBusy] = useState(false)
  const [why, setWhy] = useState('')
  const send = async (wish: Wish) => {
    setBusy(true)
    try {
      const told = await api.post(AGAIN, { params: { path }, body: { values: [wish], after: '' } })
      setWhy(told.values[0]?.why ?? '')
      if (told.mended > 0) {
        toast.done(t('more.mended', { count: told.mended }))
        await shown()
      }
    } catch (error) {
      toast.error(error)
    } finally {
      setBusy(false)
    }
  }
  const { record, field } = lost
  const changed = words.trim() !== '' && words !== lost.words
  return (
    <li>
      <div className={css.value}>
        {record === '' ? (
          <span className={css.quiet}>{t('more.goneRecord')}</span>
        ) : (
          <a href={`/app/${path.app}/form/${form}?record=${record}`} target="_blank" rel="noreferrer">
            {lost.title || record}
          </a>
        )}
        <span className={css.quiet}>{lost.label}</span>
        {lost.edited ? <Tag hue="blue">{t('more.editedSince')}</Tag> : null}
      </div>
      {record === '' || lost.edited || lost.within ? (
        <code>{lost.words}</code>
      ) : (
        <div className={css.again}>
          <Input
            size="small"
            value={words}
            maxLength={2_000}
            aria-label={t('more.otherWords', { words: lost.words })}
            onChange={(event) => setWords(event.target.value)}
            onPressEnter={() => void send({ record, field, words: changed ? words : null })}
          />
          <Button
            size="small"
            loading={busy}
            onClick={() => void send({ record, field, words: changed ? words : null })}
          >
            {t(changed ? 'more.putIn' : 'more.again')}
          </Button>
        </div>
      )}
      <div className={css.quiet}>{why || lost.why}</div>
    </li>
  )
}
