/** What an address answers 取数三态: bones before it does, its failure with a way on, and a word where there is nothing. */
import type { ReactNode } from 'react'
import { ErrorState } from './error-state'
import { RowBones } from './skeletons'

interface LoadedProps<Answer> {
  asked: { data: Answer | undefined; error: unknown; refetch: () => unknown }
  /** How many rows of bones. */
  rows?: number
  /** Stands where the answer is a list of nothing. */
  empty?: ReactNode
  children: (answer: Answer) => ReactNode
}

/** An answer that is there stays there when asking again fails. */
export function Loaded<Answer>({ asked: { data, error, refetch }, rows, empty, children }: LoadedProps<Answer>) {
  const nothing = empty !== undefined && Array.isArray(data) && data.length === 0
  return (
    <>
      {error ? <ErrorState error={error} small={data !== undefined} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error ? <RowBones rows={rows} /> : null}
      {data === undefined ? null : nothing ? empty : children(data)}
    </>
  )
}
