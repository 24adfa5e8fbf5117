/** A poster with the code of a link 二维码海报: drawn on a canvas, so that it can be saved as a picture. */

const WIDTH = 1080
const HEIGHT = 1440
const MARGIN = 120
const CODE = 640

/** Breaks text into lines that fit; Chinese breaks anywhere, other scripts at blanks. */
function lines(pen: CanvasRenderingContext2D, text: string, width: number, most: number): string[] {
  const found: string[] = []
  let line = ''
  for (const piece of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    if (line !== '' && pen.measureText(line + piece).width > width) {
      found.push(line.trimEnd())
      line = piece.trimStart()
    } else {
      line += piece
    }
  }
  if (line !== '') found.push(line)
  if (found.length <= most) return found
  return [...found.slice(0, most - 1), `${found[most - 1]?.slice(0, -1) ?? ''}…`]
}

/** Title and description over the code, a hint beneath; answers a picture. */
export async function drawPoster(code: HTMLCanvasElement, title: string, text: string, hint: string): Promise<Blob> {
  const sheet = document.createElement('canvas')
  sheet.width = WIDTH
  sheet.height = HEIGHT
  const pen = sheet.getContext('2d')
  if (pen === null) throw new Error('no canvas')
  const family = getComputedStyle(document.body).fontFamily
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, WIDTH, HEIGHT)
  pen.fillStyle = '#0f6f5c'
  pen.fillRect(0, 0, WIDTH, 24)
  pen.textAlign = 'center'
  pen.fillStyle = '#17211d'
  pen.font = `600 72px ${family}`
  const inner = WIDTH - 2 * MARGIN
  let y = 190
  for (const line of lines(pen, title, inner, 2)) {
    pen.fillText(line, WIDTH / 2, y)
    y += 92
  }
  pen.fillStyle = '#51605a'
  pen.font = `400 38px ${family}`
  for (const line of lines(pen, text, inner, 3)) {
    pen.fillText(line, WIDTH / 2, y)
    y += 56
  }
  pen.imageSmoothingEnabled = false
  pen.drawImage(code, (WIDTH - CODE) / 2, HEIGHT - CODE - 200, CODE, CODE)
  pen.fillText(hint, WIDTH / 2, HEIGHT - 110)
  return new Promise((resolve, reject) =>
    sheet.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  )
}
