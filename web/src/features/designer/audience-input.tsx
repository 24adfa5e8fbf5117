/** For whom 给谁: everyone, or roles, departments and members. */
import { Select, Switch } from 'antd'
import { type Directory, useDirectory } from '@/api/directory'
import { useT } from '@/i18n/i18n'
import type { Audience } from './definition'
import css from './designer.module.css'
import { Row } from './rows'

const KINDS = ['roles', 'departments', 'members'] as const

/** An audience in words. */
export function useAudienceWords(directory: Directory | undefined): (to: Audience) => string {
  const t = useT()
  return (to) => {
    if (to.everyone) return t('designer.everybody')
    const names = KINDS.flatMap((kind) =>
      (to[kind] ?? []).map((id) => directory?.[kind].find((each) => each.id === id)?.name ?? id),
    )
    return names.length > 0 ? names.join(t('design.comma')) : t('designer.nobody')
  }
}

/** Everyone, or any of the three. */
export function AudienceInput({ value, onChange }: { value: Audience; onChange: (to: Audience) => void }) {
  const t = useT()
  const { data: directory } = useDirectory()
  const change = (kind: (typeof KINDS)[number], ids: string[]) => {
    const { [kind]: _before, ...rest } = value
    onChange(ids.length > 0 ? { ...rest, [kind]: ids } : rest)
  }
  return (
    <>
      <div className={css.flag}>
        <span>{t('designer.everyone')}</span>
        <Switch
          size="small"
          checked={value.everyone === true}
          aria-label={t('designer.everyone')}
          onChange={(on) => onChange(on ? { everyone: true } : {})}
        />
      </div>
      {value.everyone
        ? null
        : KINDS.map((kind) => (
            <Row key={kind} label={t(`designer.${kind}`)}>
              <Select
                mode="multiple"
                value={value[kind] ?? []}
                showSearch={{ optionFilterProp: 'label' }}
                options={(directory?.[kind] ?? []).map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(ids: string[]) => change(kind, ids)}
              />
            </Row>
          ))}
    </>
  )
}
