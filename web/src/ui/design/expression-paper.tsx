/** The colours behind the text of a formula 公式着色: fields as chips, problems underlined; the text itself is typed above. */
import css from './expression.module.css'
import { type Piece, unitsAt } from './expression-tokens'
import type { Fault } from './use-explained'

interface Mark {
  from: number
  to: number
}

function marksOf(text: string, faults: readonly Fault[]): Mark[] {
  return faults.flatMap(({ start, end }) => {
    if (start === null || start === undefined) return []
    const from = unitsAt(text, start)
    return [{ from, to: Math.max(unitsAt(text, end ?? start + 1), from + 1) }]
  })
}

function spans(piece: Piece, marks: readonly Mark[]): { text: string; wrong: boolean; at: number }[] {
  const end = piece.start + piece.text.length
  const inner = marks.flatMap(({ from, to }) => [from, to]).filter((at) => at > piece.start && at < end)
  const edges = [...new Set([piece.start, ...inner, end])].sort((one, other) => one - other)
  return edges.slice(0, -1).map((at, index) => ({
    at,
    text: piece.text.slice(at - piece.start, (edges[index + 1] ?? end) - piece.start),
    wrong: marks.some(({ from, to }) => at >= from && at < to),
  }))
}

interface PaperProps {
  text: string
  pieces: readonly Piece[]
  faults: readonly Fault[]
  scrolled: number
}

/** Lies under the text area, letter under letter. */
export function ExpressionPaper({ text, pieces, faults, scrolled }: PaperProps) {
  const marks = marksOf(text, faults)
  const last = [...text].length
  const missing = marks.some(({ from }) => from >= text.length) && last > 0
  return (
    <div className={css.paper} aria-hidden>
      <div style={{ transform: `translateY(${-scrolled}px)` }}>
        {pieces.map((piece) => (
          <span key={piece.start} className={css[piece.kind]}>
            {spans(piece, marks).map((part) => (
              <span key={part.at} className={part.wrong ? css.wrong : undefined}>
                {part.text}
              </span>
            ))}
          </span>
        ))}
        {missing ? <span className={css.wrong}> </span> : null}
        {'\u200b'}
      </div>
    </div>
  )
}
