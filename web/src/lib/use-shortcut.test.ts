/** Keys that do things 快捷键的检验. */
import { expect, test } from 'vitest'
import { chordOf, hits } from './use-shortcut'

const press = (key: string, keys: Partial<KeyboardEvent> = {}) => new KeyboardEvent('keydown', { key, ...keys })

test.each([
  ['mod+s', press('s', { ctrlKey: true }), true],
  ['mod+s', press('s', { metaKey: true }), true],
  ['mod+s', press('s'), false],
  ['mod+z', press('Z', { ctrlKey: true, shiftKey: true }), false],
  ['mod+shift+z', press('Z', { ctrlKey: true, shiftKey: true }), true],
  ['?', press('?', { shiftKey: true }), true],
  ['alt+up', press('ArrowUp', { altKey: true }), true],
  ['j', press('j', { ctrlKey: true }), false],
] as const)('%s and a pressed key', (text, event, hit) => {
  expect(hits(chordOf(text), event)).toBe(hit)
})
