/** One page of the help 帮助正文页, with its keys; loaded with its words when help is first opened. */
import { useEffect, useRef, useState } from 'react'
import { type Language, useLanguage, useT } from '@/i18n/i18n'
import { Keys } from '@/ui/keys'
import { FormBones } from '@/ui/skeletons'
import { FieldTypes } from './fields'
import { Functions } from './functions'
import css from './help.module.css'
import { type HelpPage, type HelpPages, type Part, TOPICS, type Topic } from './topics'

const EVERYWHERE = [
  ['mod+k', 'keyPalette'],
  ['?', 'keyHelp'],
  ['[', 'keyMenu'],
  ['esc', 'keyClose'],
] as const

const load: Record<Language, () => Promise<{ default: HelpPages }>> = {
  'zh-CN': () => import('./zh'),
  en: () => import('./en'),
}

function usePages(): HelpPages | undefined {
  const spoken = useLanguage()
  const [pages, setPages] = useState<HelpPages>()
  useEffect(() => {
    let late = false
    load[spoken]().then((module) => late || setPages(module.default))
    return () => {
      late = true
    }
  }, [spoken])
  return pages
}

function Section({ part }: { part: Part }) {
  return (
    <section>
      <h3>{part.head}</h3>
      {part.text ? <p className={css.text}>{part.text}</p> : null}
      {part.points ? (
        <ul className={css.points}>
          {part.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function KeyList({ page }: { page: HelpPage }) {
  const t = useT()
  const own = page.keys ?? []
  const known = new Set(own.map(([chord]) => chord))
  const common = EVERYWHERE.filter(([chord]) => !known.has(chord)).map(([chord, word]) => [chord, t(`app.${word}`)])
  return (
    <section>
      <h3>{t('app.shortcuts')}</h3>
      <dl className={css.keys}>
        {[...own, ...common].map(([chord = '', meaning]) => (
          <div key={chord} style={{ display: 'contents' }}>
            <dt>
              <Keys chord={chord} />
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Topics({ pages, topic, onTopic }: { pages: HelpPages; topic: Topic; onTopic: (topic: Topic) => void }) {
  const t = useT()
  return (
    <nav aria-label={t('app.helpTopics')} className={css.topics}>
      {TOPICS.map((each) => (
        <button
          key={each}
          type="button"
          className={css.topic}
          aria-current={each === topic ? 'page' : undefined}
          onClick={() => onTopic(each)}
        >
          {pages[each].title}
        </button>
      ))}
    </nav>
  )
}

/** The page for `topic`, its keys, and the way to the others. */
export function Page({ topic, onTopic }: { topic: Topic; onTopic: (topic: Topic) => void }) {
  const t = useT()
  const pages = usePages()
  const top = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => top.current?.scrollIntoView?.({ block: 'start' }), [topic])
  if (pages === undefined) return <FormBones />
  const page = pages[topic]
  return (
    <div className={css.page} ref={top}>
      <Topics pages={pages} topic={topic} onTopic={onTopic} />
      <p className={css.lead}>{page.lead}</p>
      {page.parts.map((part) => (
        <Section key={part.head} part={part} />
      ))}
      {topic === 'formulas' ? <Functions /> : null}
      {topic === 'fields' ? <FieldTypes /> : null}
      <KeyList page={page} />
      <p className={css.foot}>
        <a href="/api/docs" target="_blank" rel="noreferrer">
          {t('app.apiDocs')}
        </a>
      </p>
    </div>
  )
}
