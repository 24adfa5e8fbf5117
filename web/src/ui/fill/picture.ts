/** Pictures made smaller and marked before they are sent 图片处理: in the browser, so that a slow line carries less. */
export interface PictureWishes {
  /** Pixels of the longer side; 0 keeps the picture as it is. */
  longestSide: number
  /** Lines written into the lower left corner. */
  marks: string[]
}

const QUALITY = 0.85
const KEPT = ['image/gif']

/** The size that fits; never larger than before. */
export function fitted(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = longest > 0 ? Math.min(1, longest / Math.max(width, height)) : 1
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function mark(pen: CanvasRenderingContext2D, lines: string[], width: number, height: number): void {
  const size = Math.max(14, Math.round(Math.min(width, height) / 28))
  pen.font = `${size}px system-ui, sans-serif`
  pen.textBaseline = 'bottom'
  pen.lineWidth = Math.max(2, size / 8)
  for (const [at, line] of [...lines].reverse().entries()) {
    const y = height - size * (0.6 + at * 1.35)
    pen.strokeStyle = 'rgba(0, 0, 0, 0.65)'
    pen.strokeText(line, size * 0.7, y, width - size)
    pen.fillStyle = 'rgba(255, 255, 255, 0.95)'
    pen.fillText(line, size * 0.7, y, width - size)
  }
}

/** The picture as it shall be sent; one that needs no change, or moves, stays as it is. */
export async function prepared(file: File, { longestSide, marks }: PictureWishes): Promise<File> {
  if (KEPT.includes(file.type) && marks.length === 0) return file
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const { width, height } = fitted(picture.width, picture.height, longestSide)
  if (width === picture.width && marks.length === 0) return file
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const pen = canvas.getContext('2d')
  if (!pen) return file
  pen.drawImage(picture, 0, 0, width, height)
  picture.close()
  mark(pen, marks, width, height)
  const type = file.type === 'image/png' || file.type === 'image/webp' ? file.type : 'image/jpeg'
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, QUALITY))
  if (!blob || (blob.size >= file.size && marks.length === 0)) return file
  const name =
    file.name.replace(/\.[^.]*$/, '') + { 'image/png': '.png', 'image/webp': '.webp', 'image/jpeg': '.jpg' }[type]
  return new File([blob], name, { type })
}
