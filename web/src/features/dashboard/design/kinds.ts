/** The kinds of widgets as the designer offers them 组件种类: icon, first size, and what each takes. */
import {
  ChartColumn,
  ChartLine,
  ChartPie,
  Filter,
  Hash,
  List,
  type LucideIcon,
  Percent,
  Table2,
  Target,
  Trophy,
} from 'lucide-react'
import type { WidgetKind } from '../definition'

export interface KindSays {
  icon: LucideIcon
  w: number
  h: number
  /** How many groups it takes. */
  groups: number
  /** How many measures it takes. */
  measures: number
  /** Whether its first group is best a time. */
  timed?: boolean
}

export const KIND_SAYS: Record<WidgetKind, KindSays> = {
  figure: { icon: Hash, w: 6, h: 4, groups: 0, measures: 2 },
  target: { icon: Target, w: 6, h: 4, groups: 0, measures: 1 },
  ratio: { icon: Percent, w: 6, h: 4, groups: 0, measures: 2 },
  bar: { icon: ChartColumn, w: 12, h: 9, groups: 2, measures: 6 },
  line: { icon: ChartLine, w: 12, h: 9, groups: 2, measures: 6, timed: true },
  pie: { icon: ChartPie, w: 8, h: 9, groups: 1, measures: 1 },
  funnel: { icon: Filter, w: 12, h: 9, groups: 1, measures: 2 },
  ranking: { icon: Trophy, w: 12, h: 9, groups: 1, measures: 2 },
  table: { icon: Table2, w: 12, h: 9, groups: 2, measures: 6 },
  records: { icon: List, w: 14, h: 8, groups: 0, measures: 0 },
}
