/** Builds the fill pages beside the app 填写页构建: the same sources, the component library replaced by our light parts. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build, type Plugin } from 'vite'
import { oneLanguage } from './words'

const SOURCE = fileURLToPath(new URL('../src', import.meta.url))
const FIELD = /\/src\/fields\/[a-z]+\.tsx$/
/** What a field type says to designers and to filters; nobody who fills a form needs it. */
const NOT_FILLED = new Set(['Settings', 'FilterInput'])

interface Node {
  type: string
  start: number
  end: number
  [more: string]: unknown
}

/** The object literal that a field type's file hands to `fieldType`. */
function declared(body: Node[]): Node | undefined {
  const found = body.find(({ type }) => type === 'ExportDefaultDeclaration')?.declaration as Node | undefined
  const [first] = (found?.arguments ?? []) as Node[]
  return first?.type === 'ObjectExpression' ? first : undefined
}

/** The plugin that leaves the designer's half of a field type out. */
function filledOnly(): Plugin {
  return {
    name: 'filled-only',
    enforce: 'post',
    transform(code, id) {
      if (!FIELD.test(id)) return null
      const tree = this.parse(code) as unknown as { body: Node[] }
      const gone = ((declared(tree.body)?.properties ?? []) as Node[]).filter((property) =>
        NOT_FILLED.has(String((property.key as Node | undefined)?.name)),
      )
      const lean = gone.reduceRight((text, { start, end }) => {
        const tail = text.slice(end).replace(/^\s*,/, '')
        return text.slice(0, start) + tail
      }, code)
      return { code: lean, map: null }
    },
  }
}

const SHARED = /\/src\/(light|api|i18n|lib|theme)\/|\/src\/ui\/[a-z-]+\.tsx?$/
const WORDS = /\/(ui|fields|fill|record)\/locales\.ts\?words=(zh|en)$/

/** The words of one language together, and together what both fill pages need: every file costs a journey of its own. */
function chunkOf(id: string): string | null {
  const words = WORDS.exec(id)?.[2]
  if (words) return `words-${words}`
  return SHARED.test(id) ? 'parts' : null
}

/** The plugin: after the app's own build, the fill pages into the same folder. */
export function fillPages(): Plugin {
  let folder = ''
  let root = ''
  return {
    name: 'fill-pages',
    apply: 'build',
    configResolved(config) {
      root = config.root
      folder = config.build.outDir
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: async () => {
        await build({
          configFile: false,
          root,
          logLevel: 'warn',
          plugins: [oneLanguage(), react(), filledOnly()],
          resolve: {
            alias: [
              { find: /^antd$/, replacement: `${SOURCE}/light/index.tsx` },
              { find: /^react(-dom)?$/, replacement: 'preact/compat' },
              { find: 'react-dom/client', replacement: 'preact/compat/client' },
              { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
              { find: '@/lib/route', replacement: `${SOURCE}/light/route.ts` },
              { find: '@', replacement: SOURCE },
            ],
          },
          build: {
            target: ['chrome87', 'safari14'],
            outDir: folder,
            emptyOutDir: false,
            copyPublicDir: false,
            assetsDir: 'assets/fill',
            manifest: '.vite/fill.json',
            rolldownOptions: {
              input: `${root}/fill.html`,
              output: { codeSplitting: { groups: [{ name: chunkOf, debugName: 'words and parts' }] } },
            },
          },
        })
      },
    },
  }
}
