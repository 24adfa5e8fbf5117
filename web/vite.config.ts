/** Builds the browser's half 前端构建: old Chinese web views included, the API proxied while developing. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { fillPages } from './scripts/light'
import { packed } from './scripts/packed'
import { oneLanguage, wordsChunk } from './scripts/words'

const api = process.env.QIAOBAN_API ?? 'http://127.0.0.1:8000'

/** The API's manual at /api/docs is drawn by Swagger UI, served from our own origin. */
function manual(): Plugin {
  let folder = ''
  return {
    name: 'manual',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir, 'manual')
    },
    closeBundle() {
      mkdirSync(folder, { recursive: true })
      for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
        copyFileSync(`node_modules/swagger-ui-dist/${file}`, `${folder}/${file}`)
      }
    },
  }
}

export default defineConfig({
  plugins: [oneLanguage(), react(), manual(), fillPages(), packed()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: ['chrome87', 'safari14'],
    outDir: 'dist',
    assetsDir: 'assets',
    chunkSizeWarningLimit: 900,
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: wordsChunk }] } } },
  },
  server: { proxy: { '/api': api } },
  preview: { proxy: { '/api': api } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/test-setup.ts'] },
})
