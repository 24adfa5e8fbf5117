/** A formula on its way between what is typed and what is kept 公式书写: labels on the page, ids in the definition. */
import { useEffect, useRef, useState } from 'react'
import { type ExpressionPlace, useExplained, type Wanted } from './use-explained'

/** The text, what the server says of it, and how it is changed and left. */
export function useWriting(
  place: ExpressionPlace,
  value: string,
  onChange: (text: string) => void,
  { wanted = '', onlySound = false }: { wanted?: Wanted; onlySound?: boolean } = {},
) {
  const [text, setText] = useState(value)
  const [touched, setTouched] = useState(false)
  const given = useRef(value)
  const explained = useExplained(place, text, wanted)

  useEffect(() => {
    if (value === given.current) return
    given.current = value
    setTouched(false)
    setText(value)
  }, [value])

  useEffect(() => {
    if (explained === null || explained.asked !== text) return
    if (!touched) {
      if (explained.shown !== '' && explained.shown !== text) setText(explained.shown)
      return
    }
    if (onlySound && !explained.ok) return
    const kept = explained.ok ? explained.text : text
    if (kept === given.current) return
    given.current = kept
    onChange(kept)
  }, [explained, text, touched, onlySound, onChange])

  // whoever goes on before the server has answered leaves what was typed, as it was typed
  const leave = useRef<() => void>(undefined)
  leave.current = () => {
    const told = explained?.asked === text
    if (told && touched && explained.ok && explained.shown !== '') setText(explained.shown)
    if (!touched || text.trim() === '' || told || text === given.current) return
    given.current = text
    onChange(text)
  }
  useEffect(() => () => leave.current?.(), [])

  const write = (next: string) => {
    setTouched(true)
    setText(next)
    if (next.trim() !== '') return
    given.current = ''
    onChange('')
  }
  return { text, explained, write, touched, leave: () => leave.current?.() }
}
