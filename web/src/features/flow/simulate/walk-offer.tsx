/** What one persona could do next in a simulation 模拟办理: buttons, a comment, the fields that may be filled in. */
import { Button, Collapse, Dropdown, Input, Segmented, Select } from 'antd'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import type { Values } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { Avatar } from '@/ui/avatar'
import { useNames } from '../proofs/names'
import css from '../proofs/proofs.module.css'
import { useFlow } from '../use-flow'
import { FieldInput } from './field-input'
import type { Move, Offer } from './use-walk'

const SAID = ['approve', 'submit']
const TO_A_MEMBER = ['transfer', 'delegate', 'add_signer']

interface OfferProps {
  offer: Offer
  /** Whether somebody else is asked at the same node: then the move has to say who acts. */
  shared: boolean
  act: (move: Move) => void
}

/** To whom, and for a signer where. */
function ToWhom({
  deed,
  offer,
  onDone,
}: {
  deed: string
  offer: Offer
  onDone: (to: string, position: string) => void
}) {
  const t = useT()
  const { context } = useFlow()
  const [position, setPosition] = useState('before')
  const others = context.members.filter(({ id }) => id !== offer.person)
  return (
    <div className={css.pair}>
      {deed === 'add_signer' ? (
        <Segmented
          size="small"
          value={position}
          options={['before', 'beside', 'after'].map((value) => ({ value, label: t(`proofs.${value}`) }))}
          onChange={setPosition}
        />
      ) : null}
      <Select
        className={css.grow}
        autoFocus
        defaultOpen
        placeholder={t('proofs.toWhom')}
        aria-label={t('proofs.toWhom')}
        showSearch={{ optionFilterProp: 'label' }}
        options={others.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(to: string) => onDone(to, deed === 'add_signer' ? position : '')}
      />
    </div>
  )
}

function Fields({ offer, values, onChange }: { offer: Offer; values: Values; onChange: (values: Values) => void }) {
  const t = useT()
  const { form } = useFlow()
  const fields = (form.fields ?? []).filter(({ id }) => offer.editable.includes(id))
  if (fields.length === 0) return null
  return (
    <Collapse
      ghost
      size="small"
      className={css.fill}
      defaultActiveKey={offer.required.length > 0 ? ['fields'] : []}
      items={[
        {
          key: 'fields',
          label: t('proofs.fillIn'),
          children: fields.map((field) => (
            <FieldInput
              key={field.id}
              field={field}
              values={values}
              onChange={(value) => onChange({ ...values, [field.id]: value })}
            />
          )),
        },
      ]}
    />
  )
}

/** A card of one person at one node. */
export function WalkOffer({ offer, shared, act }: OfferProps) {
  const t = useT()
  const names = useNames()
  const [comment, setComment] = useState('')
  const [values, setValues] = useState<Values>({})
  const [handing, setHanding] = useState('')
  const who = names.person(offer.person)
  const by = shared ? { member: offer.person, role: '' } : { member: '', role: '' }
  const needed = (deed: string) => offer.comment_required.includes(deed)
  const say = (deed: string, more: Partial<Move> = {}) => {
    const words = comment || (needed(deed) ? t(`proofs.do_${deed}`) : '')
    act({
      act: deed,
      at: offer.node,
      by,
      to: '',
      position: '',
      comment: words,
      values: SAID.includes(deed) ? values : {},
      ...more,
    })
  }
  const press = (deed: string) => (TO_A_MEMBER.includes(deed) ? setHanding(deed) : say(deed))
  const plain = ['reject'].filter((deed) => offer.actions.includes(deed))
  const primary = SAID.find((deed) => offer.actions.includes(deed))
  const rest = offer.actions.filter((deed) => deed !== primary && deed !== 'return' && !plain.includes(deed))
  const back = offer.actions.includes('return') ? offer.return_to : []
  return (
    <section className={css.offer} aria-label={t('proofs.actsAs', { who })}>
      <div className={css.offerHead}>
        <Avatar name={who} seed={offer.person} size={24} />
        <span className={css.stepWho}>
          <b>{t('proofs.actsAs', { who })}</b>
          <small>{names.node(offer.node)}</small>
        </span>
      </div>
      <Fields offer={offer} values={values} onChange={setValues} />
      <Input
        value={comment}
        placeholder={t('proofs.comment')}
        aria-label={t('proofs.comment')}
        onChange={(event) => setComment(event.target.value)}
      />
      <div className={css.deeds}>
        {primary === undefined ? null : (
          <Button type="primary" size="small" onClick={() => say(primary)}>
            {t(`proofs.do_${primary}`)}
          </Button>
        )}
        {plain.map((deed) => (
          <Button key={deed} size="small" danger onClick={() => say(deed)}>
            {t(`proofs.do_${deed}`)}
          </Button>
        ))}
        {back.length > 0 ? (
          <Dropdown
            trigger={['click']}
            menu={{
              items: back.map(({ id, label }) => ({ key: id ?? '', label })),
              onClick: ({ key }) => say('return', { to: key }),
            }}
          >
            <Button size="small">
              {t('proofs.do_return')}
              <ChevronDown size={13} aria-hidden />
            </Button>
          </Dropdown>
        ) : null}
        {rest.length > 0 ? (
          <Dropdown
            trigger={['click']}
            menu={{
              items: rest.map((deed) => ({ key: deed, label: names.deed(deed) })),
              onClick: ({ key }) => press(key),
            }}
          >
            <Button size="small">
              {t('proofs.more')}
              <ChevronDown size={13} aria-hidden />
            </Button>
          </Dropdown>
        ) : null}
      </div>
      {handing === '' ? null : (
        <ToWhom
          deed={handing}
          offer={offer}
          onDone={(to, position) => {
            setHanding('')
            say(handing, { to: { member: to, role: '' }, position })
          }}
        />
      )}
    </section>
  )
}
