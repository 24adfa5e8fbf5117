/** Rows put in another order 行排序: dragged by their number, or with Alt and the arrow keys. */
import { type DragEvent, useState } from 'react'

/** What the number cell and the row need; `at` is where the dragged row would go. */
export function useRowDrag(move: (from: number, to: number) => void) {
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const end = () => {
    setDragged(null)
    setOver(null)
  }
  return {
    over: dragged === null ? null : over,
    handle: (at: number) => ({
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', String(at + 1))
        setDragged(at)
      },
      onDragEnd: end,
    }),
    row: (at: number) => ({
      onDragOver: (event: DragEvent) => {
        if (dragged === null) return
        event.preventDefault()
        setOver(at)
      },
      onDrop: (event: DragEvent) => {
        if (dragged === null) return
        event.preventDefault()
        event.stopPropagation()
        move(dragged, at)
        end()
      },
    }),
  }
}
