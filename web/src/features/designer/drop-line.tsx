/** The line that shows where a dragged field will stand 插入线. */
import type { Edge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import css from './designer.module.css'

/** At one edge of what is hovered. */
export function DropLine({ edge }: { edge: Edge | null }) {
  return edge === null ? null : <div className={css.dropLine} data-edge={edge} aria-hidden />
}
