/** Weighs a build, gzipped 体积预算: what the first page waits for, and every part that comes later. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const KB = 1000
const BUDGET = { entry: 130 * KB, landing: 140 * KB, chunk: 230 * KB }

const folder = process.argv[2] ?? 'dist'
const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'))
const sizes = new Map()

function weight(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(folder, file))).length)
  return sizes.get(file)
}

/** The chunk `name` and all that it cannot start without. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const each of manifest[name].imports ?? []) closure(each, seen)
  return seen
}

function scripts(names) {
  return [...names].map((name) => manifest[name].file).filter((file) => file.endsWith('.js'))
}

function total(...names) {
  const all = new Set(names.flatMap((name) => scripts(closure(name))))
  return [...all].reduce((sum, file) => sum + weight(file), 0)
}

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry)
const pages = Object.keys(manifest).filter((name) => /features\/.*\/pages\//.test(name))
const landing = pages.find((name) => name.endsWith('/landing.tsx'))
const chunks = [...new Set(Object.values(manifest).map(({ file }) => file))].filter((file) => file.endsWith('.js'))

const measured = [
  ['entry', total(entry), BUDGET.entry],
  ['landing page', total(entry, landing), BUDGET.landing],
  ...chunks.map((file) => [file, weight(file), BUDGET.chunk]),
]
const over = measured.filter(([, size, limit]) => size > limit)
const say = (line) => process.stdout.write(`${line}\n`)
const kb = (size) => `${(size / KB).toFixed(1)} KB`

for (const [name, size, limit] of measured.slice(0, 2)) say(`${name}: ${kb(size)} of ${kb(limit)}`)
const [heaviest, size] = measured.slice(2).sort(([, a], [, b]) => b - a)[0]
say(`heaviest part: ${heaviest} ${kb(size)} of ${kb(BUDGET.chunk)}`)
if (process.argv.includes('--pages')) {
  for (const page of pages) say(`  ${page}: ${kb(total(entry, page))} with the entry`)
}
for (const [name, size, limit] of over) say(`too heavy: ${name} ${kb(size)} > ${kb(limit)}`)
process.exitCode = over.length > 0 ? 1 : 0
