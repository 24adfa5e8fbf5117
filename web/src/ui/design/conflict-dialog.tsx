/** Two people changed the same thing in one draft 草稿冲突: where, what each made of it, and whose is taken. */
import { Button, Modal } from 'antd'
import { useT } from '@/i18n/i18n'
import type { Place } from '@/lib/merge'
import css from './design.module.css'
import type { Editor } from './draft'
import { shownAt, thingAt } from './meanwhile'

const MOST = 6

/** One place with both values, as far as they can be shown. */
function Clash({ place, was, mine, theirs }: { place: Place; was: unknown; mine: unknown; theirs: unknown }) {
  const t = useT()
  const name = thingAt(was, place) || thingAt(mine, place) || thingAt(theirs, place)
  const side = (value: unknown) => shownAt(value, place) || (thingAt(value, place) === '' ? t('design.gone') : '')
  const [own, other] = [side(mine), side(theirs)]
  return (
    <li>
      <strong>{name || place.join(' › ')}</strong>
      {own === '' && other === '' ? null : (
        <small>
          {own === '' ? null : <span>{t('design.mineIs', { value: own })}</span>}
          {other === '' ? null : <span>{t('design.theirsIs', { value: other })}</span>}
        </small>
      )}
    </li>
  )
}

/** Asks once the server has refused a save because somebody changed the same thing first. */
export function ConflictDialog({ editor }: { editor: Editor<never> }) {
  const t = useT()
  const state = editor.use((edited) => edited.state)
  const clashes = editor.use((edited) => edited.clashes)
  const theirs = editor.use((edited) => edited.theirs)
  const was = editor.use((edited) => edited.kept)
  const mine = editor.use((edited) => edited.history.present)
  return (
    <Modal
      open={state === 'conflict'}
      title={t('design.conflictTitle')}
      closable={false}
      width={480}
      centered
      footer={[
        <Button key="theirs" onClick={() => void editor.settle('theirs')}>
          {t('design.takeTheirs')}
        </Button>,
        <Button key="mine" type="primary" onClick={() => void editor.settle('mine')}>
          {t('design.keepMine')}
        </Button>,
      ]}
    >
      <p>{t(theirs === null ? 'design.conflictGone' : 'design.conflictText')}</p>
      {theirs === null ? null : (
        <ul className={css.clashes}>
          {clashes.slice(0, MOST).map((place) => (
            <Clash key={place.join('/')} place={place} was={was} mine={mine} theirs={theirs} />
          ))}
          {clashes.length > MOST ? <li>{t('design.andMore', { count: clashes.length - MOST })}</li> : null}
        </ul>
      )}
    </Modal>
  )
}
