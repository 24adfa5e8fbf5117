/** Pictures from the seven pieces of the tangram 巧板: the mark, and what stands in an empty place. */
import { HUES } from '@/theme/tokens'
import { FIGURES, type Figure } from './tangram-figures'

interface TangramProps {
  name?: Figure
  /** Height in pixels. */
  size?: number
  /** Pale, for empty states; full colours for the mark. */
  quiet?: boolean
  title?: string
}

/** A figure of the tangram; decoration unless it has a title. */
export function Tangram({ name = 'square', size = 24, quiet = false, title }: TangramProps) {
  const { box, pieces } = FIGURES[name]
  const [, , width, height] = box.split(' ').map(Number) as [number, number, number, number]
  return (
    <svg
      viewBox={box}
      height={size}
      width={(size * width) / height}
      role={title ? 'img' : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : true}
      style={{ flex: 'none', overflow: 'visible' }}
    >
      {pieces.map((points, at) => (
        <polygon
          key={points}
          points={points}
          fill={`var(--hue-${HUES[at]}${quiet ? '-tint' : ''})`}
          stroke={quiet ? `var(--hue-${HUES[at]})` : 'var(--surface)'}
          strokeWidth={quiet ? 0.04 : 0.08}
          strokeLinejoin="round"
        />
      ))}
    </svg>
  )
}
