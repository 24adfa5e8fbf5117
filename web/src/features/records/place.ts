/** Where a record is open 打开的位置, as words of the address. */

/** Stands in the address where a record's id would. */
export const NEW = 'new'

/** A record of any form as one word. */
export function peekOf(form: string, id: string): string {
  return `${form}:${id}`
}
