/** Weighs a build, gzipped 体积预算: what the first page and the fill pages wait for, and every part that comes later. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const KB = 1000
/** `fill`: everything that a fill page loads before it is drawn, styles and words too. */
const BUDGET = { entry: 130 * KB, landing: 140 * KB, chunk: 230 * KB, fill: 200 * KB }

const folder = process.argv[2] ?? 'dist'
const sizes = new Map()

function weight(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(folder, file))).length)
  return sizes.get(file)
}

function manifestOf(name) {
  return JSON.parse(readFileSync(join(folder, '.vite', name), 'utf8'))
}

/** The chunk `name` and all that it cannot start without. */
function closure(manifest, name, seen = new Set()) {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const each of manifest[name].imports ?? []) closure(manifest, each, seen)
  return seen
}

function files(manifest, names, styles) {
  return [...names].flatMap((name) => [manifest[name].file, ...(styles ? (manifest[name].css ?? []) : [])])
}

function total(manifest, names, styles = false) {
  const all = new Set(names.flatMap((name) => files(manifest, closure(manifest, name), styles)))
  return [...all].filter((file) => styles || file.endsWith('.js')).reduce((sum, file) => sum + weight(file), 0)
}

const app = manifestOf('manifest.json')
const entry = Object.keys(app).find((name) => app[name].isEntry)
const pages = Object.keys(app).filter((name) => /features\/.*\/pages\//.test(name))
const landing = pages.find((name) => name.endsWith('/landing.tsx'))
const chunks = [...new Set(Object.values(app).map(({ file }) => file))].filter((file) => file.endsWith('.js'))

const fill = manifestOf('fill.json')

/** A fill page in the heavier of the two languages: its scripts, its styles, its words. */
function filled(page, feature) {
  const spoken = (language) => (name) =>
    name.startsWith(`_words-${language}`) || name.endsWith(`features/${feature}/locales.ts?words=${language}`)
  const heavier = ['zh', 'en'].map((language) =>
    total(fill, ['fill.html', page, ...Object.keys(fill).filter(spoken(language))], true),
  )
  return Math.max(...heavier) + weight('fill.html')
}

const measured = [
  ['entry', total(app, [entry]), BUDGET.entry],
  ['landing page', total(app, [entry, landing]), BUDGET.landing],
  ['fill page of a public link', filled('src/features/sharing/pages/open.tsx', 'sharing'), BUDGET.fill],
  ['fill page of a member', filled('src/app/filling.tsx', 'records'), BUDGET.fill],
]
const parts = chunks.map((file) => [file, weight(file), BUDGET.chunk])
const over = [...measured, ...parts].filter(([, size, limit]) => size > limit)
const say = (line) => process.stdout.write(`${line}\n`)
const kb = (size) => `${(size / KB).toFixed(1)} KB`

for (const [name, size, limit] of measured) say(`${name}: ${kb(size)} of ${kb(limit)}`)
const [heaviest, size] = parts.sort(([, a], [, b]) => b - a)[0]
say(`heaviest part: ${heaviest} ${kb(size)} of ${kb(BUDGET.chunk)}`)
if (process.argv.includes('--pages')) {
  for (const page of pages) say(`  ${page}: ${kb(total(app, [entry, page]))} with the entry`)
}
for (const [name, size, limit] of over) say(`too heavy: ${name} ${kb(size)} > ${kb(limit)}`)
process.exitCode = over.length > 0 ? 1 : 0
