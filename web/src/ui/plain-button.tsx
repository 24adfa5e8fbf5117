/** Buttons of the pages that must be there at once 轻按钮: without the component library. */
import type { ButtonHTMLAttributes } from 'react'
import parts from './parts.module.css'

interface PlainButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** A word, a frame, or the one thing to do. */
  look?: 'quiet' | 'framed' | 'main'
}

/** Quiet by default. */
export function PlainButton({ look = 'quiet', className = '', ...rest }: PlainButtonProps) {
  return <button type="button" className={`${parts.plain} ${parts[look]} ${className}`} {...rest} />
}
