/** Whom rules mean today 今天是谁: asked of the server, which knows the company. */
import { useEffect, useState } from 'react'
import { api } from '@/api/client'
import { useT } from '@/i18n/i18n'
import type { NodeSurroundings } from '../node'
import { type Assignee, ruleOf, UNKNOWN_YET } from './assignee'
import css from './nodes.module.css'

const PAUSE = 300
const SHOWN = 8

interface Answer {
  people: { id: string; name: string }[]
  /** Whether some of it is known only when a record is there. */
  open: boolean
}

/** "Today this means: 张三、李四", with the asker as the initiator. */
export function Meant({ rules, context }: { rules: Assignee[]; context: NodeSurroundings }) {
  const t = useT()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const asked = JSON.stringify(rules)
  const { app, form } = context
  useEffect(() => {
    let here = true
    const timer = setTimeout(() => {
      api
        .post('/api/apps/{app}/forms/{form}/meant', {
          params: { path: { app, form } },
          body: { rules: JSON.parse(asked) as Record<string, unknown>[] },
        })
        .then((found) => here && setAnswer(found))
        .catch(() => here && setAnswer(null))
    }, PAUSE)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [app, form, asked])
  if (answer === null) return null
  const { people } = answer
  const names = people.slice(0, SHOWN).map(({ name }) => name)
  const more = people.length > SHOWN ? t('asking.andMore', { count: people.length }) : ''
  const later = rules.every((rule) => UNKNOWN_YET.includes(ruleOf(rule)))
  if (later || (people.length === 0 && answer.open)) return <span className={css.hint}>{t('asking.meantLater')}</span>
  return (
    <span className={css.hint} data-empty={people.length === 0}>
      {people.length === 0
        ? t('asking.meantNobody')
        : t('asking.meant', { names: names.join(t('design.comma')) + more })}
    </span>
  )
}
