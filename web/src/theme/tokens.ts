/** The look, in one file 设计令牌: feeds antd, the CSS variables, the canvas and the charts. */

export type Mode = 'light' | 'dark'
export const HUES = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple'] as const
/** The seven pieces of the tangram, and grey for what has no colour. */
export type Hue = (typeof HUES)[number] | 'grey'

/** `solid`: marks and charts; `tint`: behind text; `ink`: text on the tint (AA). */
export interface Shade {
  solid: string
  tint: string
  ink: string
}

export interface Palette {
  /** Behind everything. */
  ground: string
  /** Cards, tables, drawers. */
  surface: string
  /** What floats: menus, dialogs. */
  raised: string
  /** Hovered rows, quiet fills. */
  fill: string
  fillStrong: string
  line: string
  lineStrong: string
  text: string
  textQuiet: string
  textFaint: string
  accent: string
  accentHover: string
  accentTint: string
  accentInk: string
  onAccent: string
  danger: string
  warning: string
  success: string
  shadow: string
  shadowRaised: string
  scrim: string
  hues: Record<Hue, Shade>
}

const light: Palette = {
  ground: '#f5f5f2',
  surface: '#ffffff',
  raised: '#ffffff',
  fill: '#f2f2ee',
  fillStrong: '#e8e8e3',
  line: '#e6e6e1',
  lineStrong: '#cfd0c9',
  text: '#1d2321',
  textQuiet: '#565e5a',
  textFaint: '#656d68',
  accent: '#0b7269',
  accentHover: '#095f58',
  accentTint: '#e3f1ef',
  accentInk: '#085a53',
  onAccent: '#ffffff',
  danger: '#c0341d',
  warning: '#9a5b00',
  success: '#1a7a46',
  shadow: '0 1px 2px rgba(24, 32, 29, 0.05), 0 1px 8px rgba(24, 32, 29, 0.03)',
  shadowRaised: '0 4px 12px rgba(24, 32, 29, 0.08), 0 12px 36px rgba(24, 32, 29, 0.1)',
  scrim: 'rgba(20, 26, 24, 0.36)',
  hues: {
    red: { solid: '#cf4327', tint: '#fbe6e1', ink: '#9c2a13' },
    orange: { solid: '#ee9a2e', tint: '#fdeeda', ink: '#8a4c00' },
    yellow: { solid: '#f2d64b', tint: '#fbf4cf', ink: '#6b5600' },
    green: { solid: '#2a8f5b', tint: '#e1f3e8', ink: '#17643c' },
    teal: { solid: '#5cc4bf', tint: '#dcf3f1', ink: '#0b625d' },
    blue: { solid: '#2162b4', tint: '#e2edfa', ink: '#1c4f91' },
    purple: { solid: '#aa76bd', tint: '#f2e8f6', ink: '#6b3a82' },
    grey: { solid: '#8b938e', tint: '#ecedea', ink: '#4c544f' },
  },
}

const dark: Palette = {
  ground: '#121514',
  surface: '#1a1e1d',
  raised: '#232827',
  fill: '#222726',
  fillStrong: '#2d3331',
  line: '#2a302e',
  lineStrong: '#414946',
  text: '#e7eae8',
  textQuiet: '#adb5b1',
  textFaint: '#8e9793',
  accent: '#43b8ac',
  accentHover: '#5fcabf',
  accentTint: '#17332f',
  accentInk: '#7fdacf',
  onAccent: '#06201d',
  danger: '#f08068',
  warning: '#e9a94b',
  success: '#62c08d',
  shadow: '0 1px 2px rgba(0, 0, 0, 0.4)',
  shadowRaised: '0 6px 16px rgba(0, 0, 0, 0.45), 0 16px 48px rgba(0, 0, 0, 0.4)',
  scrim: 'rgba(0, 0, 0, 0.56)',
  hues: {
    red: { solid: '#e0603f', tint: '#41221b', ink: '#f7ab98' },
    orange: { solid: '#f0a545', tint: '#3d2c15', ink: '#f5c889' },
    yellow: { solid: '#f2dc6b', tint: '#38331a', ink: '#f0e092' },
    green: { solid: '#3da673', tint: '#1b3527', ink: '#93d9b3' },
    teal: { solid: '#74d3ce', tint: '#18353a', ink: '#9be3df' },
    blue: { solid: '#4480d2', tint: '#1b2f4c', ink: '#a9cbf6' },
    purple: { solid: '#bd8fd0', tint: '#35253d', ink: '#dcbdea' },
    grey: { solid: '#8b938f', tint: '#2c3130', ink: '#c2c9c5' },
  },
}

export const palettes: Record<Mode, Palette> = { light, dark }

/** The 4 px grid. */
export const space = { 1: 4, 2: 8, 3: 12, 4: 16, 5: 20, 6: 24, 8: 32, 10: 40, 12: 48, 16: 64 } as const
export const radius = { small: 4, normal: 6, large: 10, round: 999 } as const
/** The working scale, and one larger step for the landing page's line. */
export const type = { small: 12, normal: 14, large: 16, title: 20, display: 28, hero: 44 } as const
/** Milliseconds; nothing moves longer than 200. */
export const motion = { quick: 90, normal: 150, slow: 200 } as const
export const font =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", Roboto, "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif'
export const monospace = 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", monospace'
export const sizes = { topBar: 48, sidebar: 232, control: 32, row: 36, tabBar: 56 } as const

/** In charts the hues follow one another in this order: neighbours differ most. */
export const chartOrder: Hue[] = ['teal', 'blue', 'orange', 'purple', 'green', 'red', 'yellow']
