/** The tokens as CSS variables 样式变量: `var(--text)`, `var(--hue-red-tint)`. */
import {
  font,
  HUES,
  type Hue,
  type Mode,
  monospace,
  motion,
  type Palette,
  palettes,
  radius,
  sizes,
  type,
} from './tokens'

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function colours(palette: Palette): [string, string][] {
  const { hues, ...plain } = palette
  const shades = ([...HUES, 'grey'] as Hue[]).flatMap((hue): [string, string][] => [
    [`hue-${hue}`, hues[hue].solid],
    [`hue-${hue}-tint`, hues[hue].tint],
    [`hue-${hue}-ink`, hues[hue].ink],
  ])
  return [...Object.entries(plain).map(([name, value]): [string, string] => [kebab(name), value]), ...shades]
}

function measures(): [string, string][] {
  return [
    ...Object.entries(radius).map(([name, value]): [string, string] => [`radius-${name}`, `${value}px`]),
    ...Object.entries(type).map(([name, value]): [string, string] => [`type-${name}`, `${value}px`]),
    ...Object.entries(motion).map(([name, value]): [string, string] => [`motion-${name}`, `${value}ms`]),
    ...Object.entries(sizes).map(([name, value]): [string, string] => [`size-${kebab(name)}`, `${value}px`]),
    ['font', font],
    ['monospace', monospace],
  ]
}

/** Every variable of a mode, as the text of a rule. */
export function variables(mode: Mode): string {
  return [...colours(palettes[mode]), ...measures()].map(([name, value]) => `--${name}:${value}`).join(';')
}

/** Puts the variables of `mode` on the page. */
export function applyMode(mode: Mode): void {
  const root = document.documentElement
  root.dataset.mode = mode
  root.style.colorScheme = mode
  let sheet = document.getElementById('tokens')
  if (sheet === null) {
    sheet = document.createElement('style')
    sheet.id = 'tokens'
    document.head.append(sheet)
  }
  sheet.textContent = `:root{${variables(mode)}}`
}
