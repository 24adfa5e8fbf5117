/** Builds the browser's half 前端构建: old Chinese web views included, the API proxied while developing. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const api = process.env.QIAOBAN_API ?? 'http://127.0.0.1:8000'

/** The API's manual at /api/docs is drawn by Swagger UI, served from our own origin. */
const manual = {
  name: 'manual',
  closeBundle() {
    mkdirSync('dist/manual', { recursive: true })
    for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
      copyFileSync(`node_modules/swagger-ui-dist/${file}`, `dist/manual/${file}`)
    }
  },
}

export default defineConfig({
  plugins: [react(), manual],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { target: ['chrome87', 'safari14'], outDir: 'dist', assetsDir: 'assets', chunkSizeWarningLimit: 900 },
  server: { proxy: { '/api': api } },
  preview: { proxy: { '/api': api } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/test-setup.ts'] },
})
