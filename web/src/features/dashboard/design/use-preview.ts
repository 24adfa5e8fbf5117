/** The numbers of a widget being designed 实时预览: on real records, a moment after it was changed. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '@/api/client'
import { readAnswer } from '../answer'
import type { Widget } from '../definition'
import { asked } from './edits'

const PAUSE = 350

/** A value a moment after it last changed. */
export function useSettled<V>(value: V): V {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** What the server counts for it. */
export function usePreview(app: string, widget: Widget) {
  const question = useSettled(JSON.stringify(asked(widget)))
  return useQuery({
    queryKey: ['widget-preview', app, question],
    queryFn: async ({ signal }) => {
      const body = { widget: JSON.parse(question) as Record<string, unknown>, start: null, end: null, person: null }
      return readAnswer(await api.post('/api/apps/{app}/widgets/preview', { params: { path: { app } }, body, signal }))
    },
    placeholderData: keepPreviousData,
    retry: false,
  })
}
