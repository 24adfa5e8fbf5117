/** Stars given and taken back 评分. */
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { StarsInput, StarsShown } from './stars'

const FIELD = { label: '满意度', top: 5 }

test('a star is given, and the same star again takes it back', () => {
  const onChange = vi.fn()
  const { rerender } = render(<StarsInput field={FIELD} value={0} onChange={onChange} />)
  fireEvent.click(screen.getByRole('radio', { name: '4 / 5' }))
  expect(onChange).toHaveBeenLastCalledWith(4)
  rerender(<StarsInput field={FIELD} value={4} onChange={onChange} />)
  fireEvent.click(screen.getByRole('radio', { name: '4 / 5' }))
  expect(onChange).toHaveBeenLastCalledWith(0)
})

test('arrow keys go by a half where halves are allowed, and stop at the ends', () => {
  const onChange = vi.fn()
  render(<StarsInput field={{ ...FIELD, halves: true }} value={4.5} onChange={onChange} />)
  const group = screen.getByRole('radiogroup', { name: '满意度' })
  fireEvent.keyDown(group, { key: 'ArrowRight' })
  fireEvent.keyDown(group, { key: 'ArrowLeft' })
  expect(onChange.mock.calls).toEqual([[5], [4]])
})

test('a rating that is read is one picture with its number', () => {
  render(<StarsShown field={{ top: 10 }} value={7} size={14} />)
  expect(screen.getByRole('img', { name: '7 / 10' })).toBeTruthy()
})
