/** The look keeps its promises 设计令牌的保证: legible, and told apart by colour-blind people. */
import { expect, test } from 'vitest'
import { HUES, type Hue, type Mode, palettes } from './tokens'

type Rgb = [number, number, number]

function rgb(hex: string): Rgb {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255
  return [part(1), part(3), part(5)]
}

function linear([r, g, b]: Rgb): Rgb {
  const one = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  return [one(r), one(g), one(b)]
}

function luminance(hex: string): number {
  const [r, g, b] = linear(rgb(hex))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (bright + 0.05) / (dark + 0.05)
}

/** Machado, Oliveira and Fernandes 2009, severity 1. */
const BLINDNESS: Record<string, [Rgb, Rgb, Rgb]> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
}

function oklab([r, g, b]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function seen(hex: string, blindness: string): Rgb {
  const colour = linear(rgb(hex))
  const rows = BLINDNESS[blindness]
  if (!rows) return oklab(colour)
  const mixed = rows.map((row) => Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2]))
  return oklab(mixed as Rgb)
}

function distance(one: Rgb, other: Rgb): number {
  return 100 * Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])
}

const MODES: Mode[] = ['light', 'dark']
const NAMES: Hue[] = [...HUES, 'grey']

test.each(MODES)('text reads well on every ground in %s mode', (mode) => {
  const p = palettes[mode]
  const grounds = { ground: p.ground, surface: p.surface, raised: p.raised, fill: p.fill }
  const inks = { text: p.text, quiet: p.textQuiet, faint: p.textFaint, accentInk: p.accentInk, danger: p.danger }
  const poor = Object.entries(grounds).flatMap(([on, ground]) =>
    Object.entries(inks)
      .filter(([, ink]) => contrast(ink, ground) < 4.5)
      .map(([name, ink]) => `${name} on ${on}: ${contrast(ink, ground).toFixed(2)}`),
  )
  expect(poor).toEqual([])
})

test.each(MODES)('ink reads well on its own tint in %s mode', (mode) => {
  const { hues, accentTint, accentInk, onAccent, accent } = palettes[mode]
  const poor = NAMES.filter((hue) => contrast(hues[hue].ink, hues[hue].tint) < 4.5)
  expect(poor).toEqual([])
  expect(contrast(accentInk, accentTint)).toBeGreaterThan(4.5)
  expect(contrast(onAccent, accent)).toBeGreaterThan(4.5)
})

test.each(MODES)('the seven hues are told apart by everybody in %s mode', (mode) => {
  const { hues } = palettes[mode]
  const alike = ['none', 'protanopia', 'deuteranopia'].flatMap((blindness) =>
    HUES.flatMap((one, at) =>
      HUES.slice(at + 1)
        .map((other) => ({
          other,
          far: distance(seen(hues[one].solid, blindness), seen(hues[other].solid, blindness)),
        }))
        .filter(({ far }) => far < 7)
        .map(({ other, far }) => `${blindness}: ${one} ~ ${other} ${far.toFixed(1)}`),
    ),
  )
  expect(alike).toEqual([])
})
