import { expect, test } from 'vitest'
import { solve, zeros } from './work'

test('leading zero bits are counted across bytes', () => {
  expect(zeros(new Uint8Array([0, 0, 0x1f, 0xff]))).toBe(19)
  expect(zeros(new Uint8Array([0x80]))).toBe(0)
  expect(zeros(new Uint8Array([0, 0]))).toBe(16)
})

test('a solution is what the server looks for', async () => {
  const proof = solve('work-10.1.abc.mac', 10)
  expect(proof.startsWith('work-10.1.abc.mac#')).toBe(true)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(proof)))
  expect(zeros(digest)).toBeGreaterThanOrEqual(10)
})
