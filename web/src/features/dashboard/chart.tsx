/** A picture on a canvas 图表: sized by its place, coloured by light or dark, clicks handed on. */
import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'
import { chartTheme } from '@/theme/charts'
import { useMode } from '@/theme/mode'
import css from './dashboard.module.css'
import { init } from './echarts'

interface ChartProps {
  /** The option for a place; asked again when the place changes. */
  option: (width: number, height: number) => EChartsCoreOption
  /** Whatever the option depends on. */
  of: unknown
  label: string
  onPick?: (series: number, at: number) => void
}

interface Picked {
  seriesIndex?: number
  dataIndex?: number
}

/** Drawn once there is room for it. */
export function Chart({ option, of, label, onPick }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const latest = useRef({ option, onPick })
  latest.current = { option, onPick }
  const [{ width, height }, setSize] = useState({ width: 0, height: 0 })
  const { mode } = useMode()
  useEffect(() => {
    const box = place.current
    if (!box) return
    const observer = new ResizeObserver(([entry]) => {
      const { width: across = 0, height: down = 0 } = entry?.contentRect ?? {}
      setSize({ width: Math.round(across), height: Math.round(down) })
      chart.current?.resize()
    })
    observer.observe(box)
    return () => observer.disconnect()
  }, [])
  const ready = width > 0
  useEffect(() => {
    const box = place.current
    if (!box || !ready) return
    const made = init(box, chartTheme(mode))
    made.on('click', (event) => {
      const { seriesIndex = 0, dataIndex } = event as Picked
      if (dataIndex !== undefined) latest.current.onPick?.(seriesIndex, dataIndex)
    })
    chart.current = made
    return () => {
      chart.current = null
      made.dispose()
    }
  }, [mode, ready])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` and `mode` say when the picture is another one
  useEffect(() => {
    if (width > 0) chart.current?.setOption(latest.current.option(width, height), { notMerge: true })
  }, [of, width, height, mode])
  return <div ref={place} className={css.chart} role="img" aria-label={label} data-clickable={onPick !== undefined} />
}
