/** The workspace's time zone 时区: every moment is shown and typed in it, wherever the browser is. */
import dayjs from 'dayjs'
import timezone from 'dayjs/plugin/timezone'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)
dayjs.extend(timezone)

let current = Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai'

/** From now on moments are those of this IANA zone; an unknown one changes nothing. */
export function setZone(zone: string): void {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone })
    current = zone
  } catch {
    // A zone that this browser does not know: the browser's own stays.
  }
}

/** The zone in which moments are shown. */
export function zone(): string {
  return current
}

/** What the clock on the wall says at an instant: `2026-11-23T10:32:05`; "" for what is no instant. */
export function wallClock(at: string | Date): string {
  const moment = dayjs(at)
  return moment.isValid() ? moment.tz(current).format('YYYY-MM-DDTHH:mm:ss') : ''
}

/** The instant, as records hold it, at which the wall clock says `2026-11-23T10:32`. */
export function instantAt(wall: string): string {
  return `${dayjs.tz(wall, current).toDate().toISOString().slice(0, 19)}Z`
}
