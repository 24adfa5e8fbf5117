/** What happens when no assignee is found 处理人为空. */
import { Select } from 'antd'
import { useT } from '@/i18n/i18n'
import type { NodeSurroundings } from '../node'
import { Setting } from './setting'

export type Empty = 'admin' | 'skip' | 'refuse' | { member: string }
const WORDS = ['admin', 'skip', 'refuse', 'member'] as const

interface EmptyPolicyProps {
  value: Empty | undefined
  onChange: (empty: Empty | undefined) => void
  context: NodeSurroundings
}

/** The admins, nobody, or one member. */
export function EmptyPolicy({ value = 'admin', onChange, context }: EmptyPolicyProps) {
  const t = useT()
  const mode = typeof value === 'string' ? value : 'member'
  const choose = (next: (typeof WORDS)[number]) => {
    if (next === 'member') onChange({ member: context.members[0]?.id ?? '' })
    else onChange(next === 'admin' ? undefined : next)
  }
  return (
    <Setting label={t('nodes.empty')}>
      <Select
        value={mode}
        aria-label={t('nodes.empty')}
        options={WORDS.map((word) => ({ value: word, label: t(`nodes.emptyWords.${word}`) }))}
        onChange={choose}
      />
      {typeof value === 'string' ? null : (
        <Select
          value={value.member}
          aria-label={t('nodes.rule.member')}
          showSearch={{ optionFilterProp: 'label' }}
          options={context.members.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(member: string) => onChange({ member })}
        />
      )}
    </Setting>
  )
}
