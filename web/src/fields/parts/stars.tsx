/** Stars of a rating 评分星: read as one picture, given with pointer or arrow keys. */
import { Heart, Star, ThumbsUp } from 'lucide-react'
import type { KeyboardEvent, MouseEvent } from 'react'
import css from './fields.module.css'

export const SIGNS = { star: Star, heart: Heart, thumb: ThumbsUp } as const

export interface RatingSettings {
  top?: number
  halves?: boolean
  sign?: keyof typeof SIGNS
}

/** One sign, filled to a share of its width. */
function Sign({ sign = 'star', share, size }: { sign?: keyof typeof SIGNS; share: number; size: number }) {
  const Drawn = SIGNS[sign]
  return (
    <span className={css.sign} style={{ width: size, height: size }} aria-hidden>
      <Drawn size={size} fill="currentColor" strokeWidth={1} />
      {share > 0 ? (
        <span className={css.signFull} style={{ width: `${share * 100}%` }}>
          <Drawn size={size} fill="currentColor" strokeWidth={1} />
        </span>
      ) : null}
    </span>
  )
}

const placesOf = (top = 5) => Array.from({ length: top }, (_, at) => at + 1)
const shareOf = (value: number, place: number) => Math.max(0, Math.min(1, value - place + 1))

/** A rating that is read. */
export function StarsShown({ field, value, size }: { field: RatingSettings; value: number; size: number }) {
  return (
    <span className={css.stars} role="img" aria-label={`${value} / ${field.top ?? 5}`}>
      {placesOf(field.top).map((place) => (
        <Sign key={place} sign={field.sign} share={shareOf(value, place)} size={size} />
      ))}
    </span>
  )
}

interface StarsProps {
  field: RatingSettings & { label: string }
  value: number
  disabled?: boolean
  id?: string
  describedBy?: string
  onChange: (value: number) => void
}

/** A rating that is given: the same star again takes it back; arrow keys go by a step. */
export function StarsInput({ field, value, disabled, id, describedBy, onChange }: StarsProps) {
  const { top = 5, halves = false } = field
  const step = halves ? 0.5 : 1
  const choose = (place: number, event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    // a click of the keyboard has no place
    const left = halves && event.detail > 0 && event.clientX < box.left + box.width / 2
    const next = left ? place - 0.5 : place
    onChange(next === value ? 0 : next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key]
    if (way === undefined || disabled) return
    event.preventDefault()
    onChange(Math.max(0, Math.min(top, value + way * step)))
  }
  const focused = Math.max(1, Math.ceil(value))
  return (
    <div
      id={id}
      className={css.rate}
      role="radiogroup"
      aria-label={field.label}
      aria-describedby={describedBy}
      onKeyDown={onKeyDown}
    >
      {placesOf(top).map((place) => (
        // biome-ignore lint/a11y/useSemanticElements: a radio button cannot be half chosen
        <button
          key={place}
          type="button"
          role="radio"
          className={css.rateStar}
          aria-checked={Math.ceil(value) === place}
          aria-label={`${Math.ceil(value) === place ? value : place} / ${top}`}
          tabIndex={place === focused ? 0 : -1}
          disabled={disabled}
          onClick={(event) => choose(place, event)}
        >
          <Sign sign={field.sign} share={shareOf(value, place)} size={24} />
        </button>
      ))}
    </div>
  )
}
