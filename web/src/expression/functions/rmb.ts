/** Amounts of money in Chinese capitals 大写金额; the twin of rmb.py. */

import { type Decimal, Fault, MODE, NUM, Wide } from '../values'
import { rounded } from './number'

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '万亿']
const digit = (number: number): string => DIGITS.charAt(number)

/** The amount in capitals: 元 ends with 整, 角 too, 分 does not; a run of zeros within gives one 零. */
export function capitals(amount: Decimal): string {
  const all = new Wide(rounded(amount.abs(), new Wide(2), MODE.halfUp)).times(100)
  if (all.gte(1e18)) throw new Fault(NUM, 'number_out_of_range')
  if (all.isZero()) return '零元整'
  const yuan = all.div(100).floor()
  const rest = all.mod(100).toNumber()
  const [jiao, fen] = [Math.floor(rest / 10), rest % 10]
  const head = yuan.isZero() ? '' : `${integer(yuan)}元`
  return (amount.lt(0) ? '负' : '') + head + tail(jiao, fen, head !== '')
}

function tail(jiao: number, fen: number, after: boolean): string {
  if (jiao === 0 && fen === 0) return '整'
  if (fen === 0) return `${digit(jiao)}角整`
  const before = jiao ? `${digit(jiao)}角` : after ? '零' : ''
  return `${before}${digit(fen)}分`
}

/** A whole number in capitals. */
function integer(number: Decimal): string {
  const groups = [0, 1, 2, 3].map((index) => number.div(new Wide(10_000).pow(index)).floor().mod(10_000).toNumber())
  let text = ''
  let zero = false
  for (let index = 3; index >= 0; index -= 1) {
    const group = groups[index] ?? 0
    if (group === 0) {
      zero = text !== ''
      if (index === 2 && groups[3] && !text.endsWith('亿')) text += '亿'
      continue
    }
    if (text && (zero || group < 1000)) text += '零'
    text += fourDigits(group) + (index === 3 && groups[2] ? '万' : (GROUPS[index] ?? ''))
    zero = false
  }
  return text
}

function fourDigits(group: number): string {
  let text = ''
  let zero = false
  for (let place = 3; place >= 0; place -= 1) {
    const found = Math.floor(group / 10 ** place) % 10
    if (found === 0) {
      zero = text !== ''
      continue
    }
    text += (zero ? '零' : '') + digit(found) + (PLACES[place] ?? '')
    zero = false
  }
  return text
}
