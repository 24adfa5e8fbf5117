import { expect, test } from 'vitest'
import { freeName, hostOf, lookedAt, renamed, without } from './event'

test('a pair is renamed where it stands, and the last one taken away leaves nothing', () => {
  expect(Object.keys(renamed({ a: 1, b: 2 }, 'a', 'c'))).toEqual(['c', 'b'])
  expect(without({ a: 1 }, 'a')).toBeUndefined()
  expect(freeName({ key2: 1 }, 'key')).toBe('key3')
})

test('an event looks at what sets it off and at what its texts name', () => {
  const event = {
    id: 'e',
    label: 'E',
    fields: ['number'],
    when: 'LEN(name) > 2',
    request: { url: 'https://example.com/{code}', body: { x: 'area * 2' } },
  }
  expect(lookedAt(event, ['number', 'name', 'code', 'area', 'other'])).toEqual(['number', 'name', 'code', 'area'])
})

test('the host of an address ends where its path or a field begins', () => {
  expect(hostOf('https://API.example.com:8443/x/{a}')).toBe('api.example.com:8443')
  expect(hostOf('nothing')).toBe('')
})
