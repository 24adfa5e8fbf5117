/** Every field type in the history and on paper 日志与打印: the table of tests/cases/fields.json, drawn as changed and as printed. */
import { readFileSync } from 'node:fs'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { FieldContext } from '@/fields/context'
import type { Field, Json } from '@/fields/field'
import { typeNamed } from '@/fields/registry'
import { need } from '@/i18n/i18n'
import { RecordView } from '@/ui/record/record-view'
import type { FormShape } from '@/ui/record/shape'
import { rowsChanged } from './changes'
import { Change } from './history'
import type { RecordOut } from './use-records'

interface Row {
  settings?: Record<string, Json>
  values?: [Json, Json, string][]
}

const table = JSON.parse(readFileSync(`${import.meta.dirname}/../../../../tests/cases/fields.json`, 'utf8')) as {
  people: Record<string, string>
  departments: Record<string, string>
  titles: Record<string, string>
  types: Record<string, Row[]>
}
const listed = (names: Record<string, string>) => Object.entries(names).map(([id, name]) => ({ id, name }))
const around = {
  app: 'app',
  form: 'form',
  members: listed(table.people),
  departments: listed(table.departments),
  forms: [],
  me: 'ann',
  typeNamed,
  within: '',
  options: async () => [],
  openRecord: () => undefined,
  upload: async () => ({ id: 'f', name: 'f.png', size: 1, type: 'image/png' }),
  fileAddress: (id: string) => `/api/files/${id}`,
}
const Page = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={new QueryClient()}>
    <FieldContext.Provider value={around}>{children}</FieldContext.Provider>
  </QueryClientProvider>
)

function shapeOf(fields: Field[], more: object = {}): FormShape {
  const definition = { id: 'form', name: '表单', grid: 2, fields, ...more }
  const readable = fields.map(({ id }) => id)
  return { app: 'app', form: 'form', definition, readable, writable: readable } as unknown as FormShape
}

/** Some types fetch what draws them. */
const PATIENT = { timeout: 20_000 }

/** Whether something can be seen: words, a picture, or a mark with a name. */
const isSeen = (place: Element | null) =>
  Boolean(place && (place.textContent?.trim() || place.querySelector('img, svg, [role=img], [role=progressbar]')))

beforeAll(() => need('records'))
afterEach(cleanup)

const rows = Object.entries(table.types).flatMap(([name, all]) =>
  all.flatMap((row, at) => (row.values?.length ? [[`${name}-${at}`, name, row] as const] : [])),
)

describe.each(rows)('%s', (_, name, row) => {
  const field = { id: 'x', type: name, label: '字段', ...row.settings } as Field
  const value = row.values?.[0]?.[1] as Json
  const values = { x: value }

  test('the history shows what was there, and that it went', async () => {
    const line = {
      seq: 1,
      at: '2026-11-23T10:00:00Z',
      actor: 'ann',
      operation: 'update',
      before: values,
      after: { x: null },
    }
    const record = { id: 'r', values } as unknown as RecordOut
    render(
      <Page>
        <Change line={{ ...line, titles: table.titles }} shape={shapeOf([field])} record={record} />
      </Page>,
    )
    const told = screen.getByText('字段').parentElement
    await waitFor(() => expect(isSeen(told?.children[1] ?? null)).toBe(true), PATIENT)
    expect(told?.textContent).not.toContain('[object')
  })

  test('paper shows it though it stands in a folded section or behind a tab', async () => {
    const first = { id: 'a', type: 'text', label: '甲' } as Field
    for (const sections of [
      [{ id: 's', label: '折叠', fields: ['x'], collapsed: true }],
      [
        { id: 's', label: '一', fields: ['a'], shown_as: 'tab' },
        { id: 't', label: '二', fields: ['x'], shown_as: 'tab' },
      ],
    ]) {
      const { container } = render(
        <Page>
          <RecordView
            shape={shapeOf([first, field], { sections })}
            record={{ id: 'r', values: { ...values, a: '1' }, titles: table.titles }}
          />
        </Page>,
      )
      const place = container.querySelector('[data-field=x] > :last-child')
      await waitFor(() => expect(isSeen(place)).toBe(true), PATIENT)
      cleanup()
    }
  })
})

describe('rows', () => {
  const columns = [
    { id: 'name', type: 'text', label: '名' },
    { id: 'price', type: 'number', label: '价' },
  ] as Field[]

  test('those that came, went and changed are told apart by their ids', () => {
    const before: Json = [
      { id: '1', name: 'a', price: '1' },
      { id: '2', name: 'b', price: '2' },
      { id: '3', name: 'c' },
    ]
    const after: Json = [
      { id: '3', name: 'c' },
      { id: '1', name: 'a', price: '9' },
      { id: '4', name: 'd' },
    ]
    expect(rowsChanged(before, after, columns).map(({ kind, number }) => [kind, number])).toEqual([
      ['changed', 2],
      ['new', 3],
      ['gone', 2],
    ])
  })

  test('a move alone is no change, nor is a blank that was blank', () => {
    expect(rowsChanged([{ id: '1' }, { id: '2' }], [{ id: '2', name: null }, { id: '1' }], columns)).toEqual([])
    expect(rowsChanged(null, null, columns)).toEqual([])
  })
})
