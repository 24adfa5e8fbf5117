/** Why a value is an error 错误原因, in the reader's language; the sentences are those of the server. */

import reasons from './reasons.json'
import type { Failure } from './values'

const SENTENCES = reasons as Readonly<Record<string, Readonly<Record<string, string>>>>
const typeName = (value: string, language: string): string => SENTENCES[`type_${value}`]?.[language] ?? value

/** The sentence of a failure in `zh-CN` or `en`. */
export function reasonOf(failure: Failure, language: string): string {
  const entry = SENTENCES[failure.reason]
  const template = entry?.[language] ?? entry?.en ?? failure.code
  const words = template.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = String(failure.params[key] ?? '')
    return key === 'type' || key === 'wanted' ? typeName(value, language) : value
  })
  return language === 'en' ? words.charAt(0).toUpperCase() + words.slice(1) : words
}
