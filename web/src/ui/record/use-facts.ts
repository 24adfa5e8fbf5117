/** What formulas ask of other records 跨表函数: MAPX and its like, answered by the server, each question once. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { api } from '@/api/client'
import type { Fact } from '@/expression/values'
import type { FormShape } from './shape'

const MOST = 500

/** Answers as far as they are known; `turn` counts those that came. */
export function useFacts({ app, form }: FormShape) {
  const known = useRef(new Map<string, Fact | null>())
  const wanted = useRef(new Map<string, { name: string; arguments: unknown[] }>())
  const [turn, setTurn] = useState(0)
  const facts = useMemo(
    () => (name: string, args: readonly unknown[]) => {
      const key = JSON.stringify([name, args])
      const found = known.current.get(key)
      if (found === undefined && known.current.size < MOST) wanted.current.set(key, { name, arguments: [...args] })
      return found ?? undefined
    },
    [],
  )
  useEffect(() => {
    for (const [key, question] of wanted.current) {
      known.current.set(key, null)
      api
        .post('/api/apps/{app}/forms/{form}/facts', { params: { path: { app, form } }, body: question })
        .then((answer) => {
          known.current.set(key, answer.error ? null : { type: answer.type, value: answer.value })
          setTurn((before) => before + 1)
        })
        .catch(() => undefined)
    }
    wanted.current.clear()
  })
  return { facts, turn }
}
