/** What is wider than its place 横向滚动: it scrolls, with the keyboard too. */
import { type ReactNode, useEffect, useRef, useState } from 'react'

/** Whether an element holds more than it shows from side to side. */
function useOverflow() {
  const ref = useRef<HTMLElement>(null)
  const [over, setOver] = useState(false)
  useEffect(() => {
    const place = ref.current
    if (!place || typeof ResizeObserver === 'undefined') return
    const look = () => setOver(place.scrollWidth > place.clientWidth + 1)
    const seen = new ResizeObserver(look)
    seen.observe(place)
    if (place.firstElementChild) seen.observe(place.firstElementChild)
    return () => seen.disconnect()
  }, [])
  return [ref, over] as const
}

/** Reached with Tab only while there is something to scroll to. */
export function Sideways({ label, className, children }: { label?: string; className?: string; children: ReactNode }) {
  const [ref, over] = useOverflow()
  return (
    <section ref={ref} className={className} aria-label={label} tabIndex={over ? 0 : undefined} data-over={over}>
      {children}
    </section>
  )
}
