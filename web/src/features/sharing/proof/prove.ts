/** The proof that a public link asks for before it takes anything 人机验证: worked for here, or given by a captcha. */
import { api } from '@/api/client'

type Answered = (answer: string) => void

function worked(challenge: string, bits: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./work.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<string>) => {
      worker.terminate()
      resolve(data)
    }
    worker.onerror = (event) => {
      worker.terminate()
      reject(new Error(event.message))
    }
    worker.postMessage({ challenge, bits })
  })
}

/** A proof for one request; "" where the link asks for none. */
export async function prove(token: string, password: string, answer: string): Promise<string> {
  const params = { path: { token } }
  const riddle = await api.post('/api/public/{token}/challenge', { params, body: { password } })
  if (riddle.kind === 'work') return worked(riddle.challenge, riddle.bits)
  if (riddle.kind === '') return ''
  const { proof } = await api.post('/api/public/{token}/captcha', { params, body: { password, answer } })
  return proof
}

/** Hears the answers of the framed captcha. */
export function hearing(onAnswer: Answered): () => void {
  const hear = ({ origin, data }: MessageEvent<{ captcha?: unknown }>) => {
    const answer = data && typeof data === 'object' ? data.captcha : undefined
    if (origin === window.location.origin && typeof answer === 'string') onAnswer(answer)
  }
  window.addEventListener('message', hear)
  return () => window.removeEventListener('message', hear)
}
