/** Light or dark 明暗: what was chosen, else what the system prefers. */
import { create } from 'zustand'
import { applyMode } from './css'
import type { Mode } from './tokens'

const REMEMBERED = 'qiaoban.mode'
const SYSTEM = '(prefers-color-scheme: dark)'

function chosen(): Mode | null {
  try {
    const kept = localStorage.getItem(REMEMBERED)
    return kept === 'light' || kept === 'dark' ? kept : null
  } catch {
    return null
  }
}

function system(): Mode {
  return window.matchMedia(SYSTEM).matches ? 'dark' : 'light'
}

interface ModeState {
  mode: Mode
  setMode: (mode: Mode) => void
}

const useModeState = create<ModeState>((set) => ({
  mode: chosen() ?? system(),
  setMode: (mode) => {
    try {
      localStorage.setItem(REMEMBERED, mode)
    } catch {
      // forgotten at the end of the visit
    }
    applyMode(mode)
    set({ mode })
  },
}))

/** Light or dark, and the switch. */
export function useMode(): ModeState {
  return useModeState()
}

/** Puts the first mode on the page and follows the system until somebody chooses. */
export function startMode(): void {
  applyMode(useModeState.getState().mode)
  window.matchMedia(SYSTEM).addEventListener('change', () => {
    if (chosen() !== null) return
    applyMode(system())
    useModeState.setState({ mode: system() })
  })
}
