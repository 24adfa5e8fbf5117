/** The figures are made of the seven pieces and of nothing else 七巧板的检验. */
import { expect, test } from 'vitest'
import { FIGURES } from './tangram-figures'

function area(points: string): number {
  const corners = points.split(' ').map((pair) => pair.split(',').map(Number) as [number, number])
  const twice = corners.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = corners[(at + 1) % corners.length] ?? [0, 0]
    return sum + x * nextY - nextX * y
  }, 0)
  return Math.round(Math.abs(twice) / 2)
}

test.each(Object.entries(FIGURES))(
  'the %s is laid from two large, one medium and two small triangles, a square and a parallelogram',
  (_, { pieces }) => {
    expect(pieces.map(area)).toEqual([1, 2, 1, 2, 4, 4, 2])
  },
)
