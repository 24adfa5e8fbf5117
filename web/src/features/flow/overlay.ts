/** What is drawn over the workflow for a while 画布标注: the way of a counter-example or of a walk, and a figure on each node. */
import { create } from 'zustand'
import type { Hue } from '@/theme/tokens'

export interface Trail {
  /** Node ids in the order in which they are passed. */
  nodes: string[]
  tone: 'danger' | 'accent'
  /** What it shows, in words; stands at the foot of the canvas. */
  words?: string
}

export interface Badge {
  text: string
  hue: Hue
  title?: string
}

interface Overlay {
  trail: Trail | null
  /** By node. */
  badges: Record<string, Badge>
}

const NONE: Overlay = { trail: null, badges: {} }

export const useOverlay = create<Overlay>(() => NONE)

/** Draws a way over the canvas; null takes it away. */
export function showTrail(trail: Trail | null): void {
  useOverlay.setState({ trail })
}

/** Puts a figure on nodes, e.g. how long people wait there. */
export function showBadges(badges: Record<string, Badge>): void {
  useOverlay.setState({ badges })
}

/** Nothing is drawn over the workflow any more. */
export function clearOverlay(): void {
  useOverlay.setState(NONE)
}

/** The lines of a trail, as `from/to`. */
export function stepsOf(trail: Trail | null): Set<string> {
  return new Set((trail?.nodes ?? []).slice(1).map((to, at) => `${trail?.nodes[at]}/${to}`))
}
