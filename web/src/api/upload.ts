/** Files on their way to the server 上传: with progress, which fetch cannot tell. */
import { headers } from './client'
import { ApiProblem, type ProblemBody } from './problem'

/** Sends `file` as multipart to `path`, `more` beside it; `onProgress` hears the share sent, 0 to 1. */
export function upload<Answer>(
  path: string,
  file: File,
  onProgress?: (share: number) => void,
  more: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total ? loaded / total : 0)
    request.onload = () =>
      request.status < 300
        ? resolve(request.response as Answer)
        : reject(new ApiProblem(request.status, (request.response ?? {}) as ProblemBody))
    request.onerror = () => reject(new ApiProblem(0, { code: 'offline' }))
    const body = new FormData()
    body.append('file', file)
    for (const [name, value] of Object.entries(more)) body.append(name, value)
    request.send(body)
  })
}
