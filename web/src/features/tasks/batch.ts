/** One answer to many tasks 批量办理: sent in portions; every task stands or falls by itself. */
import { api } from '@/api/client'
import { sentenceOf } from '@/api/problem'
import type { components } from '@/api/schema'

export type Row = components['schemas']['RowOut']
export type Many = 'approve' | 'reject' | 'transfer'

const PORTION = 100

/** Portions of a list. */
export function portions<Each>(all: Each[], size = PORTION): Each[][] {
  const found: Each[][] = []
  for (let at = 0; at < all.length; at += size) found.push(all.slice(at, at + size))
  return found
}

async function transferred(task: string, to: string, comment: string): Promise<Row> {
  try {
    const body = { action: 'transfer' as const, to, comment }
    await api.post('/api/tasks/{task}/act', { params: { path: { task } }, body })
    return { task, ok: true, code: '', message: '' }
  } catch (error) {
    return { task, ok: false, code: 'refused', message: sentenceOf(error) }
  }
}

/** What became of each; `onProgress` hears how many are done. */
export async function actOnMany(
  tasks: string[],
  action: Many,
  comment: string,
  to: string,
  onProgress: (done: number) => void,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const some of portions(tasks, action === 'transfer' ? 1 : PORTION)) {
    if (action === 'transfer') rows.push(await transferred(some[0] ?? '', to, comment))
    else rows.push(...(await api.post('/api/tasks/act', { body: { tasks: some, action, comment } })).rows)
    onProgress(rows.length)
  }
  return rows
}
