/** How the answers of several people become one 票决方式. */
import { InputNumber, Segmented, Select, Switch } from 'antd'
import { type T, useT } from '@/i18n/i18n'
import type { NodeSurroundings } from '../node'
import css from './nodes.module.css'
import { Setting } from './setting'

const AGREE = ['any', 'all', 'in_turn', 'ratio', 'count', 'weight', 'claim'] as const
const VOTES = ['ratio', 'count', 'weight']
const HALF = 50

export interface Ballot {
  agree?: (typeof AGREE)[number]
  ratio?: number | string
  compare?: 'at_least' | 'more_than'
  pass_count?: number | null
  reject_count?: number | null
  pass_weight?: number | string
  weights?: Record<string, number | string>
  rejects?: 'one' | 'all'
  early_reject?: boolean
}

/** "60% 同意". */
export function ballotInWords(ballot: Ballot, t: T): string {
  const { agree = 'any' } = ballot
  const number = { ratio: ballot.ratio ?? HALF, count: ballot.pass_count ?? '–', weight: ballot.pass_weight ?? HALF }
  const said = number[agree as 'ratio'] ?? ''
  return t(`nodes.agreeShort.${agree}`, { ratio: String(said), count: String(said) })
}

interface BallotProps {
  ballot: Ballot
  onChange: (patch: Ballot) => void
  context: NodeSurroundings
}

const BLANK: Ballot = {
  ratio: undefined,
  compare: undefined,
  pass_count: undefined,
  reject_count: undefined,
  pass_weight: undefined,
  weights: undefined,
  rejects: undefined,
  early_reject: undefined,
} as Ballot

function Figure({
  label,
  value,
  max,
  onChange,
}: {
  label: string
  value: number | null
  max: number
  onChange: (value: number | undefined) => void
}) {
  return (
    <Setting label={label}>
      <InputNumber
        value={value}
        min={1}
        max={max}
        aria-label={label}
        style={{ width: '100%' }}
        onChange={(next) => onChange(next ?? undefined)}
      />
    </Setting>
  )
}

/** What each member's vote weighs. */
function Weights({ ballot, onChange, context }: BallotProps) {
  const t = useT()
  const weights = ballot.weights ?? {}
  const named = Object.keys(weights)
  const nameOf = (id: string) => context.members.find((each) => each.id === id)?.name ?? id
  const keep = (next: Record<string, number | string>) =>
    onChange({ weights: Object.keys(next).length > 0 ? next : undefined } as Ballot)
  return (
    <Setting label={t('asking.weights')} hint={t('asking.weightsHint')}>
      <Select
        mode="multiple"
        value={named}
        aria-label={t('asking.weights')}
        showSearch={{ optionFilterProp: 'label' }}
        options={context.members.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(ids: string[]) => keep(Object.fromEntries(ids.map((id) => [id, weights[id] ?? 1])))}
      />
      {named.map((id) => (
        <div key={id} className={css.inline}>
          <span>{nameOf(id)}</span>
          <InputNumber
            size="small"
            min={0}
            value={Number(weights[id])}
            aria-label={t('asking.weightOf', { name: nameOf(id) })}
            onChange={(weight) => keep({ ...weights, [id]: weight ?? 1 })}
          />
        </div>
      ))}
    </Setting>
  )
}

function Votes(props: BallotProps) {
  const t = useT()
  const { ballot, onChange } = props
  const { agree } = ballot
  return (
    <>
      {agree === 'ratio' ? (
        <Figure
          label={t('nodes.ratio')}
          value={Number(ballot.ratio ?? HALF)}
          max={100}
          onChange={(ratio) => onChange({ ratio } as Ballot)}
        />
      ) : null}
      {agree === 'count' ? (
        <>
          <Figure
            label={t('asking.passCount')}
            value={ballot.pass_count ?? null}
            max={1000}
            onChange={(pass_count) => onChange({ pass_count } as Ballot)}
          />
          <Figure
            label={t('asking.rejectCount')}
            value={ballot.reject_count ?? null}
            max={1000}
            onChange={(reject_count) => onChange({ reject_count } as Ballot)}
          />
        </>
      ) : null}
      {agree === 'weight' ? (
        <>
          <Figure
            label={t('asking.passWeight')}
            value={Number(ballot.pass_weight ?? HALF)}
            max={1_000_000}
            onChange={(pass_weight) => onChange({ pass_weight } as Ballot)}
          />
          <Weights {...props} />
        </>
      ) : null}
      {agree === 'count' ? null : (
        <Segmented
          block
          size="small"
          value={ballot.compare ?? 'at_least'}
          aria-label={t('asking.compare')}
          options={(['at_least', 'more_than'] as const).map((word) => ({
            value: word,
            label: t(`asking.compareWords.${word}`),
          }))}
          onChange={(word) => onChange({ compare: word === 'at_least' ? undefined : word } as Ballot)}
        />
      )}
      <div className={css.flag}>
        <span>{t('asking.earlyReject')}</span>
        <Switch
          size="small"
          checked={ballot.early_reject !== false}
          aria-label={t('asking.earlyReject')}
          onChange={(on) => onChange({ early_reject: on ? undefined : false } as Ballot)}
        />
      </div>
    </>
  )
}

/** The way, and its numbers. */
export function BallotSettings(props: BallotProps) {
  const t = useT()
  const { ballot, onChange } = props
  const agree = ballot.agree ?? 'any'
  return (
    <>
      <Setting label={t('nodes.agree')} hint={t(`nodes.agreeHint.${agree}`)}>
        <Select
          value={agree}
          aria-label={t('nodes.agree')}
          options={AGREE.map((word) => ({ value: word, label: t(`nodes.agreeWords.${word}`) }))}
          onChange={(next) => onChange({ ...BLANK, agree: next })}
        />
      </Setting>
      {VOTES.includes(agree) ? <Votes {...props} /> : null}
      {agree === 'any' ? (
        <Setting label={t('asking.rejects')}>
          <Segmented
            block
            size="small"
            value={ballot.rejects ?? 'one'}
            options={(['one', 'all'] as const).map((word) => ({
              value: word,
              label: t(`asking.rejectsWords.${word}`),
            }))}
            onChange={(word) => onChange({ rejects: word === 'one' ? undefined : 'all' } as Ballot)}
          />
        </Setting>
      ) : null}
    </>
  )
}
