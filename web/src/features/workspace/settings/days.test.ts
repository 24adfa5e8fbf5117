/** The working calendar reckons in texts, whatever zone the browser is in (工作日历). */
import { describe, expect, it } from 'vitest'
import {
  cleared,
  merged,
  monthOf,
  named,
  readDays,
  toggled,
  type WorkingCalendar,
  weekdayOf,
  works,
  writtenDays,
} from './days'

const USUAL: WorkingCalendar = { weekdays: [1, 2, 3, 4, 5], hours: [['09:00', '18:00']], holidays: {}, workdays: {} }

describe('a working calendar', () => {
  it('knows weekdays and months that begin on a Monday', () => {
    expect(weekdayOf('2026-11-23')).toBe(1)
    expect(monthOf(2026, 11).slice(0, 7)).toEqual([null, null, null, null, null, null, '2026-11-01'])
    expect(monthOf(2028, 2).filter((day) => day !== null)).toHaveLength(29)
  })

  it('turns a working day into a day off and back', () => {
    const off = toggled(USUAL, '2026-11-23')
    expect(off.holidays).toEqual({ '2026-11-23': '' })
    expect(works(off, '2026-11-23')).toBe(false)
    expect(toggled(off, '2026-11-23')).toEqual(USUAL)
  })

  it('turns a Sunday into a make-up day and back', () => {
    const made = toggled(USUAL, '2026-11-22')
    expect(made.workdays).toEqual({ '2026-11-22': '' })
    expect(works(made, '2026-11-22')).toBe(true)
    expect(toggled(made, '2026-11-22')).toEqual(USUAL)
  })

  it('names days, merges a list and clears a year', () => {
    const off = named(toggled(USUAL, '2026-10-01'), '2026-10-01', '国庆节')
    expect(off.holidays).toEqual({ '2026-10-01': '国庆节' })
    const { days } = readDays('2026-10-01 班 A\n2026-10-10 work')
    expect(merged(off, days)).toMatchObject({ holidays: {}, workdays: { '2026-10-01': 'A', '2026-10-10': '' } })
    expect(cleared(merged(off, days), 2026)).toEqual(USUAL)
  })

  it('reads a pasted list in several spellings and points at what it cannot read', () => {
    const { days, bad } = readDays(
      '2026-10-01 休 国庆节\n2026/1/4,班,元旦 补班\n2026年2月15日 off\n\n2026-02-30 休\nhello',
    )
    expect(days).toEqual([
      { day: '2026-10-01', works: false, name: '国庆节' },
      { day: '2026-01-04', works: true, name: '元旦 补班' },
      { day: '2026-02-15', works: false, name: '' },
    ])
    expect(bad.map(({ line }) => line)).toEqual([5, 6])
  })

  it('writes a list that it reads again', () => {
    const days = [
      { day: '2026-01-01', works: false, name: '元旦' },
      { day: '2026-01-04', works: true, name: '元旦' },
    ]
    for (const words of [['休', '班'] as const, ['off', 'work'] as const])
      expect(readDays(writtenDays(days, [...words]))).toEqual({ days, bad: [] })
  })
})
