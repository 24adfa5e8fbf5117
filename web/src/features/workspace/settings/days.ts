/** Days of the working calendar, as texts 日历计算: which are worked, which are otherwise than usual. */
export interface WorkingCalendar {
  weekdays: number[]
  hours: string[][]
  /** Days off by date, with their names. */
  holidays: Record<string, string>
  /** Make-up days by date, with their names. */
  workdays: Record<string, string>
}

export interface Listed {
  day: string
  works: boolean
  name: string
}

const pad = (number: number) => String(number).padStart(2, '0')

/** 2026-10-01 of a year, a month (1 to 12) and a day. */
export function dayOf(year: number, month: number, day: number): string {
  return `${year}-${pad(month)}-${pad(day)}`
}

/** 1 (Monday) to 7. */
export function weekdayOf(day: string): number {
  return ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
}

/** The days of a month, with blanks before the first so that Monday is first. */
export function monthOf(year: number, month: number): (string | null)[] {
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const days = Array.from({ length: count }, (_, at) => dayOf(year, month, at + 1))
  const blanks = weekdayOf(days[0] ?? dayOf(year, month, 1)) - 1
  return [...Array<null>(blanks).fill(null), ...days]
}

/** Whether it is worked on the day. */
export function works({ weekdays, holidays, workdays }: WorkingCalendar, day: string): boolean {
  if (day in workdays) return true
  return !(day in holidays) && weekdays.includes(weekdayOf(day))
}

function without(days: Record<string, string>, day: string): Record<string, string> {
  return Object.fromEntries(Object.entries(days).filter(([each]) => each !== day))
}

/** The day the other way round; one that is then as usual is not listed any more. */
export function toggled(calendar: WorkingCalendar, day: string): WorkingCalendar {
  const holidays = without(calendar.holidays, day)
  const workdays = without(calendar.workdays, day)
  const wanted = !works(calendar, day)
  if (wanted === calendar.weekdays.includes(weekdayOf(day))) return { ...calendar, holidays, workdays }
  return wanted
    ? { ...calendar, holidays, workdays: { ...workdays, [day]: '' } }
    : { ...calendar, workdays, holidays: { ...holidays, [day]: '' } }
}

/** A listed day with another name. */
export function named(calendar: WorkingCalendar, day: string, name: string): WorkingCalendar {
  if (day in calendar.holidays) return { ...calendar, holidays: { ...calendar.holidays, [day]: name } }
  return { ...calendar, workdays: { ...calendar.workdays, [day]: name } }
}

/** The calendar with a list of days; what the list says goes. */
export function merged(calendar: WorkingCalendar, days: Listed[]): WorkingCalendar {
  const gone = new Set(days.map(({ day }) => day))
  const kept = (list: Record<string, string>) => Object.entries(list).filter(([day]) => !gone.has(day))
  const told = (worked: boolean) =>
    days.filter((each) => each.works === worked).map(({ day, name }): [string, string] => [day, name])
  return {
    ...calendar,
    holidays: Object.fromEntries([...kept(calendar.holidays), ...told(false)].sort()),
    workdays: Object.fromEntries([...kept(calendar.workdays), ...told(true)].sort()),
  }
}

/** The calendar without the listed days of a year. */
export function cleared(calendar: WorkingCalendar, year: number): WorkingCalendar {
  const kept = (list: Record<string, string>) =>
    Object.fromEntries(Object.entries(list).filter(([day]) => !day.startsWith(`${year}-`)))
  return { ...calendar, holidays: kept(calendar.holidays), workdays: kept(calendar.workdays) }
}

const LINE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[\s,，;；\t]+(休|班|off|work)(?:[\s,，;；\t]+(.*))?$/i

/** The days that pasted lines mean, and the lines that mean nothing. */
export function readDays(text: string): { days: Listed[]; bad: { line: number; text: string }[] } {
  const days: Listed[] = []
  const bad: { line: number; text: string }[] = []
  text.split('\n').forEach((raw, at) => {
    const line = raw.trim()
    if (line === '') return
    const [, year, month, day, word = '', name = ''] = LINE.exec(line) ?? []
    const found = year === undefined ? '' : dayOf(Number(year), Number(month), Number(day))
    const real = found !== '' && new Date(`${found}T00:00:00Z`).toJSON()?.startsWith(found)
    if (real) days.push({ day: found, works: /班|work/i.test(word), name: name.trim().slice(0, 60) })
    else bad.push({ line: at + 1, text: line.slice(0, 40) })
  })
  return { days, bad }
}

/** Days as lines that `readDays` understands; `words` are those for off and for work. */
export function writtenDays(days: Listed[], [off, work]: [string, string]): string {
  return days.map(({ day, works, name }) => `${day} ${works ? work : off} ${name}`).join('\n')
}
