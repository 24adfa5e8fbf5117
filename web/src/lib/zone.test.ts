import { afterEach, expect, test } from 'vitest'
import { formatDate, formatTime } from './format'
import { instantAt, setZone, wallClock, zone } from './zone'

const before = zone()
afterEach(() => setZone(before))

test('a moment is shown on the clock of the workspace', () => {
  setZone('Asia/Shanghai')
  expect(formatTime('2026-11-23T16:30:00Z')).toBe('2026-11-24 00:30')
  expect(formatDate('2026-11-23T16:30:00Z')).toBe('2026-11-24')
  setZone('Europe/Rome')
  expect(formatTime('2026-11-23T16:30:00Z')).toBe('2026-11-23 17:30')
})

test('what is typed on the clock of the workspace is the right instant, on both sides of a change of the clock', () => {
  setZone('Europe/Rome')
  for (const at of ['2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z', '2026-07-01T22:15:00Z'])
    expect(instantAt(wallClock(at))).toBe(at)
})

test('a zone that nobody knows changes nothing', () => {
  setZone('Asia/Shanghai')
  setZone('Moon/Tranquillity')
  expect(zone()).toBe('Asia/Shanghai')
})
