/** Some work that shows that a browser is a person's 工作量证明: only the server's signed riddle counts, once. */
import { sha256 } from '@noble/hashes/sha2.js'

const text = new TextEncoder()

/** How many zero bits the bytes begin with. */
export function zeros(bytes: Uint8Array): number {
  let found = 0
  for (const byte of bytes) {
    if (byte !== 0) return found + Math.clz32(byte) - 24
    found += 8
  }
  return found
}

/** The first number with which SHA-256 of `challenge#number` begins with so many zero bits, as a proof. */
export function solve(challenge: string, bits: number): string {
  const begun = sha256.create().update(text.encode(`${challenge}#`))
  for (let number = 0; ; number += 1) {
    const digest = begun
      .clone()
      .update(text.encode(String(number)))
      .digest()
    if (zeros(digest) >= bits) return `${challenge}#${number}`
  }
}
