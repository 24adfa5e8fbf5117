/** What a target is measured against 目标设置: a measure over another form. */
import { useT } from '@/i18n/i18n'
import type { Goal, Widget } from '../definition'
import css from './design.module.css'
import { choicesOf, countable, datesIn, formsOf, peopleIn } from './fields'
import { FilterButton, OperationInput, Part, Pick, Property } from './parts'
import type { Board } from './use-board'

/** Its form, its measure, its filters. */
export function GoalPart({ board, widget }: { board: Board; widget: Widget }) {
  const t = useT()
  const goal: Goal = widget.goal ?? { form: widget.form, measure: { operation: 'count' } }
  const shape = board.shapeOf(goal.form)
  const set = (patch: Partial<Goal>) => board.patch(widget.id, { goal: { ...goal, ...patch } })
  const setForm = (form: string) => {
    const next = board.shapeOf(form)
    const number = next && countable(next)[0]
    const measure = number ? { operation: 'sum' as const, field: number.id } : { operation: 'count' as const }
    const date = next && datesIn(next, t)[0]?.id
    const person = next && peopleIn(next, t)[0]?.id
    board.patch(widget.id, { goal: { form, measure, date_field: date, person_field: person } })
  }
  return (
    <Part title={t('dashboard.goal')}>
      <Property label={t('dashboard.form')}>
        <Pick
          value={goal.form}
          label={t('dashboard.form')}
          options={formsOf(board.draft).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setForm}
        />
      </Property>
      {shape ? (
        <>
          <OperationInput shape={shape} measure={goal.measure} onChange={(measure) => set({ measure })} />
          <div className={css.line}>
            <FilterButton shape={shape} filter={goal.filter} onChange={(filter) => set({ filter })} />
          </div>
          <Property label={t('dashboard.dateField')}>
            <Pick
              clears
              value={goal.date_field}
              placeholder={t('dashboard.notFollowed')}
              label={t('dashboard.dateField')}
              options={choicesOf(datesIn(shape, t))}
              onChange={(field) => set({ date_field: field || undefined })}
            />
          </Property>
          <Property label={t('dashboard.personField')}>
            <Pick
              clears
              value={goal.person_field}
              placeholder={t('dashboard.notFollowed')}
              label={t('dashboard.personField')}
              options={choicesOf(peopleIn(shape, t))}
              onChange={(field) => set({ person_field: field || undefined })}
            />
          </Property>
        </>
      ) : null}
    </Part>
  )
}
