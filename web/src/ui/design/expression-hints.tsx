/** Help while a formula is written 公式提示: what the word may become, and what the function at the caret takes. */
import { FunctionSquare, Tag } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useLanguage, useT } from '@/i18n/i18n'
import css from './expression.module.css'
import { callAt, type NamedField, parametersOf, wordAt } from './expression-tokens'
import { type FunctionHelp, functionTable, spelled } from './use-explained'

const MOST = 8

/** One way to go on: what is written instead of the word. */
export interface Offer {
  readonly key: string
  readonly shown: string
  readonly about: string
  readonly write: string
  readonly kind: 'field' | 'function'
}

/** The table of functions; empty until it is there. */
export function useFunctions(): FunctionHelp[] {
  const spoken = useLanguage()
  const [rows, setRows] = useState<FunctionHelp[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table speaks the language of the page
  useEffect(() => {
    functionTable().then(setRows, () => undefined)
  }, [spoken])
  return rows
}

function fieldOffers(fields: readonly NamedField[]): Offer[] {
  return fields.flatMap(({ id, label, nested }) => {
    const own: Offer = { key: id, shown: label, about: id, write: spelled(label), kind: 'field' }
    const inner = (nested ?? []).map((column): Offer => {
      const write = `${spelled(label)}.${spelled(column.label)}`
      return {
        key: `${id}.${column.id}`,
        shown: `${label}.${column.label}`,
        about: `${id}.${column.id}`,
        write,
        kind: 'field',
      }
    })
    return nested ? inner : [own]
  })
}

/** What the word before the caret may become, the likeliest first. */
export function offersAt(
  text: string,
  caret: number,
  fields: readonly NamedField[],
  functions: readonly FunctionHelp[],
): { offers: Offer[]; start: number } | null {
  const found = wordAt(text, caret)
  if (!found || found.word === '') return null
  const word = found.word.toLowerCase()
  const calls = functions.map(
    ({ name, meaning }): Offer => ({
      key: `${name}()`,
      shown: name,
      about: meaning,
      write: `${name}()`,
      kind: 'function',
    }),
  )
  const rank = ({ shown, about, kind }: Offer): number => {
    const [name, id] = [shown.toLowerCase(), about.toLowerCase()]
    if (name.startsWith(word)) return 0
    if (kind === 'field' && id.startsWith(word)) return 1
    return name.includes(word) ? 2 : 9
  }
  const likely = [...fieldOffers(fields), ...calls]
    .map((offer) => ({ offer, at: rank(offer) }))
    .filter(({ at }) => at < 9)
  likely.sort((one, other) => one.at - other.at)
  const offers = likely.slice(0, MOST).map(({ offer }) => offer)
  const done = offers.length === 1 && offers[0]?.write === found.word
  return offers.length === 0 || done ? null : { offers, start: found.start }
}

interface OffersProps {
  offers: readonly Offer[]
  at: number
  id: string
  onPick: (offer: Offer) => void
}

/** The list under the formula; arrows walk, Enter or Tab takes. */
export function Offers({ offers, at, id, onPick }: OffersProps) {
  const t = useT()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at])
  return (
    <div className={css.offers} id={id} role="listbox" aria-label={t('design.offers')} ref={list}>
      {offers.map((offer, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the text area that keeps the focus
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text area
        <div
          key={offer.key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          className={index === at ? css.offered : undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(offer)}
        >
          {offer.kind === 'field' ? <Tag size={13} aria-hidden /> : <FunctionSquare size={13} aria-hidden />}
          <b>{offer.shown}</b>
          <span>{offer.about}</span>
        </div>
      ))}
    </div>
  )
}

/** The signature of the call around the caret, with the argument that is being written; its meaning and an example. */
export function CallHelp({
  text,
  caret,
  functions,
}: {
  text: string
  caret: number
  functions: readonly FunctionHelp[]
}) {
  const call = callAt(text, caret)
  const found = call && functions.find(({ name }) => name === call.name)
  if (!call || !found) return null
  const parameters = parametersOf(found.signature)
  const open = parameters.at(-1) === '…'
  const named = open ? parameters.slice(0, -1) : parameters
  const current = open ? Math.min(call.argument, parameters.length - 1) : call.argument
  const listed = parameters.map((parameter, index): ReactNode => {
    const key = `${index} ${parameter}`
    const here = index === current || (index === named.length - 1 && open && call.argument >= named.length)
    return (
      <span key={key}>
        {index === 0 ? '' : ', '}
        {here ? <b>{parameter}</b> : parameter}
      </span>
    )
  })
  return (
    <div className={css.help}>
      <code>
        {found.name}({listed})
      </code>
      <span>{found.meaning}</span>
      {found.examples[0] === undefined ? null : <code className={css.example}>{found.examples[0]}</code>}
    </div>
  )
}
