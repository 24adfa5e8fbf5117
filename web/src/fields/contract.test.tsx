/** Every field type in the browser 字段契约: the table of tests/cases/fields.json, drawn as input, cell, page, settings and filter. */
import { readFileSync } from 'node:fs'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { FieldContext } from './context'
import type { Field, Json } from './field'
import { fieldTypes, typeNamed } from './registry'

interface Row {
  settings?: Record<string, Json>
  values?: [Json, Json, string][]
}

const table = JSON.parse(readFileSync(`${import.meta.dirname}/../../../tests/cases/fields.json`, 'utf8')) as {
  people: Record<string, string>
  departments: Record<string, string>
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

function Page({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={new QueryClient()}>
      <FieldContext.Provider value={around}>{children}</FieldContext.Provider>
    </QueryClientProvider>
  )
}

afterEach(cleanup)

test('the browser knows every type of the table, and the table every type', () => {
  expect(
    fieldTypes()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(table.types).sort())
})

test('every type has both names, and no two types share one', () => {
  for (const language of ['zh', 'en'] as const) {
    const names = fieldTypes().map(({ label }) => label[language])
    expect(new Set(names).size).toBe(names.length)
    expect(names.every(Boolean)).toBe(true)
  }
})

describe.each(Object.entries(table.types))('%s', (name, rows) => {
  const type = typeNamed(name)
  test.each(rows.map((row, at) => [at, row] as const))('row %i is drawn with each of its values', (_, row) => {
    const field = { id: 'x', type: name, label: '字段', ...row.settings } as Field
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    for (const [, value] of [...(row.values ?? []), [null, null] as const]) {
      const { Input, Cell, Display, FilterInput, Settings } = type ?? {}
      const held = value as never
      render(<Page>{Input ? <Input field={field} value={held} values={{}} onChange={() => undefined} /> : null}</Page>)
      render(<Page>{Cell ? <Cell field={field} value={held} /> : null}</Page>)
      render(<Page>{Display ? <Display field={field} value={held} /> : null}</Page>)
      for (const operator of type?.operators ?? ['eq'])
        render(
          <Page>
            {FilterInput ? (
              <FilterInput field={field} operator={operator} value={held} onChange={() => undefined} />
            ) : null}
          </Page>,
        )
      render(<Page>{Settings ? <Settings field={field} onChange={() => undefined} /> : null}</Page>)
    }
    const thrown = told.mock.calls.filter(([first]) => /uncaught|not valid|unique "key"/i.test(String(first)))
    told.mockRestore()
    expect(thrown).toEqual([])
  })
})
