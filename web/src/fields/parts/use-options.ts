/** What a choice offers now 可选项: its own options whose conditions hold, or what another form's records hold. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { useFieldContext } from '@/fields/context'
import type { Field, Option, Values } from '@/fields/field'
import { driversOf } from './drivers'
import type { OptionSettings } from './options'

const PAUSE = 250

interface Found {
  /** What was asked, so that an answer to an older question is known as such. */
  asked: string
  texts: string[]
  more: boolean
}

const named = (text: string): Option => ({ id: text, label: text })

/** Its own options; one whose condition does not hold is as if it were retired. */
function useOwn({ options = [] }: OptionSettings, values: Values | undefined): Option[] {
  const { holds } = useFieldContext()
  if (!holds || !options.some(({ when }) => when)) return options
  return options.map((each) => (each.when && !holds(each.when, values ?? {}) ? { ...each, retired: true } : each))
}

/** What a list that opens does about options that come from elsewhere; null where there are only its own. */
export type Asking = ReturnType<typeof useOptions>['asking']

/** `eager` asks at once; else when the list is opened. */
export function useOptions(field: Field & OptionSettings, values: Values | undefined, held: string[], eager: boolean) {
  const { offered } = useFieldContext()
  const own = useOwn(field, values)
  const { source } = field
  const [opened, setOpened] = useState(eager)
  const [search, setSearch] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const [busy, setBusy] = useState(false)
  const drivers = driversOf(source ?? {})
  const asked = JSON.stringify([search, Object.fromEntries(drivers.map((name) => [name, values?.[name] ?? null]))])
  const latest = useRef(asked)
  latest.current = asked
  useEffect(() => {
    if (!source || !offered || !opened || found?.asked === asked) return
    const [words, driving] = JSON.parse(asked) as [string, Values]
    const timer = setTimeout(
      () => {
        setBusy(true)
        offered(field.id, { search: words, values: driving })
          .then((page) => latest.current === asked && setFound({ asked, texts: page.values, more: page.more }))
          .catch(() => undefined)
          .finally(() => setBusy(false))
      },
      found === null ? 0 : PAUSE,
    )
    return () => clearTimeout(timer)
  }, [source, offered, opened, asked, found, field.id])
  const options = useMemo(() => {
    if (!source) return own
    const texts = found?.texts ?? []
    // what is held and not offered any more stays, and is seen to be a thing of the past
    const past =
      found === null || search !== '' ? [] : held.filter((id) => !id.startsWith('other:') && !texts.includes(id))
    return [...texts.map(named), ...past.map((id) => ({ ...named(id), retired: true }))]
  }, [source, own, found, held, search])
  return {
    options,
    busy,
    /** For a list that opens: what is typed is asked for where not everything was told. */
    asking: source
      ? {
          loading: busy,
          onOpenChange: (open: boolean) => {
            if (open) setOpened(true)
            else setSearch('')
          },
          onSearch: (text: string) => (found?.more || search !== '' ? setSearch(text) : undefined),
        }
      : null,
  }
}
