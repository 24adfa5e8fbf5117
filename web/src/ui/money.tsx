/** Numbers that stand under one another 数字: tabular figures, to the right. */
import { formatMoney, formatNumber, type Numeric } from '@/lib/format'

/** A number with grouped digits; nothing for null. */
export function NumberText({ value, decimals }: { value: Numeric | null | undefined; decimals?: number }) {
  return <span className="tabular">{value === null || value === undefined ? '' : formatNumber(value, decimals)}</span>
}

/** An amount of money. */
export function Money({ value, decimals = 2 }: { value: Numeric | null | undefined; decimals?: number }) {
  return <span className="tabular">{value === null || value === undefined ? '' : formatMoney(value, decimals)}</span>
}
