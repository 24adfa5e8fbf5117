/** What came of a test 测试结果: a sentence that stays until the next one. */
import { Alert } from 'antd'
import { useState } from 'react'
import { sentenceOf } from '@/api/problem'

interface Result {
  good: boolean
  words: string
}

/** `run` answers the words for when it worked; what was refused says why by itself. */
export function useTried() {
  const [busy, setBusy] = useState('')
  const [results, setResults] = useState<Record<string, Result>>({})
  const run = async (what: string, send: () => Promise<string>) => {
    setBusy(what)
    try {
      const words = await send()
      setResults((before) => ({ ...before, [what]: { good: true, words } }))
    } catch (problem) {
      setResults((before) => ({ ...before, [what]: { good: false, words: sentenceOf(problem) } }))
    } finally {
      setBusy('')
    }
  }
  return { busy, results, run }
}

export function Tried({ result }: { result: Result | undefined }) {
  if (result === undefined) return null
  return (
    <Alert
      type={result.good ? 'success' : 'error'}
      showIcon
      role={result.good ? 'status' : 'alert'}
      title={result.words}
      style={{ maxWidth: 720, marginBlock: 8 }}
    />
  )
}
