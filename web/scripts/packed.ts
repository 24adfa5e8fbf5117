/** Packs the build once 预压缩, so that the server need not pack it for every visitor. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const WORTHWHILE = 1024
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }

function pack(path: string): void {
  const plain = readFileSync(path)
  if (plain.length < WORTHWHILE) return
  writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }))
  writeFileSync(`${path}.br`, brotliCompressSync(plain, QUALITY))
}

/** The plugin; the last, because it packs what the others wrote. */
export function packed(): Plugin {
  let folder = ''
  return {
    name: 'packed',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        for (const file of files) if (/\.(js|css|html|svg)$/.test(file)) pack(resolve(folder, file))
      },
    },
  }
}
