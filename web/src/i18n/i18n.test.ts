/** Two languages, brought one at a time 界面语言. */
import { afterEach, expect, test } from 'vitest'
import { language, setLanguage, t, wordsFor } from './i18n'

afterEach(() => setLanguage('en'))

test('a text is said in the language that is spoken', async () => {
  await setLanguage('zh-CN')
  expect(language()).toBe('zh-CN')
  expect(t('ui.save')).toBe('保存')
  await setLanguage('en')
  expect(t('ui.save')).toBe('Save')
  expect(document.documentElement.lang).toBe('en')
})

test('what is put into a text stands where the text says', async () => {
  await setLanguage('en')
  expect(t('app.viewAs', { name: 'Li {{x}}' })).toBe('View as Li {{x}}')
})

test('an unknown key is said as it is, or as the caller would have it', () => {
  expect(t('ui.noSuchKey')).toBe('ui.noSuchKey')
  expect(t('ui.noSuchKey', { defaultValue: 'plain' })).toBe('plain')
})

test('words are looked up in one language only when that is asked', () => {
  expect(wordsFor('ui.save', 'zh-CN')).toBe('保存')
  expect(wordsFor('ui', 'zh-CN')).toBeUndefined()
})
