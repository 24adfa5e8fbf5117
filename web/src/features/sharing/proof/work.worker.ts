/** Does the work beside the page 工作线程, so that nothing on it stands still. */
import { solve } from './work'

self.onmessage = ({ data }: MessageEvent<{ challenge: string; bits: number }>) => {
  self.postMessage(solve(data.challenge, data.bits))
}
