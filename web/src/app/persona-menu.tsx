/** The switch of the trial 身份切换: one person plays every part. */
import { Dropdown } from 'antd'
import { Check, ChevronDown, Eye } from 'lucide-react'
import { type Session, usePersona } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { listed } from '@/lib/format'
import { useSearchState } from '@/lib/route'
import { Avatar } from '@/ui/avatar'
import { toast } from '@/ui/toast'
import menu from './menus.module.css'
import css from './shell.module.css'

/** Who the visitor plays; opens the list of whom else. */
export function PersonaMenu({ session, compact = false }: { session: Session; compact?: boolean }) {
  const t = useT()
  const persona = usePersona()
  const [, setSearch] = useSearchState<{ task: string }>()
  const { member, personas, owner } = session
  if (!member || personas.length === 0) return null
  const play = (id: string, name: string) => {
    setSearch({ task: undefined }, { replace: true })
    persona.mutate(id, {
      onSuccess: () => toast.done(t('app.personaNow', { name })),
      onError: toast.error,
    })
  }
  const choices = personas.map((each) => ({
    key: each.id,
    label: (
      <span className={menu.person}>
        <Avatar name={each.name} seed={each.id} size={28} />
        <span className={menu.personText}>
          <span>{each.name}</span>
          <span className={menu.personNote}>
            {each.id === owner ? t('app.you') : each.title || listed(each.roles) || each.department}
          </span>
        </span>
        {each.id === member.id ? <Check size={16} aria-hidden /> : <span className={menu.noCheck} />}
      </span>
    ),
    onClick: () => each.id !== member.id && play(each.id, each.name),
  }))
  const items = [
    {
      key: 'why',
      type: 'group' as const,
      label: <span className={menu.hint}>{t('app.viewAsHint')}</span>,
      children: choices,
    },
  ]
  const playing = member.id !== owner
  return (
    <Dropdown menu={{ items, selectedKeys: [member.id] }} trigger={['click']} placement="bottomRight">
      <button
        type="button"
        className={`${css.persona} ${playing ? css.personaPlaying : ''}`}
        aria-label={compact ? undefined : t('app.viewAs', { name: member.name })}
        data-testid="persona"
      >
        {compact ? <Avatar name={member.name} seed={member.id} size={22} /> : <Eye size={16} aria-hidden />}
        <span className={css.personaName}>{t(compact ? 'app.viewAsShort' : 'app.viewAs', { name: member.name })}</span>
        <ChevronDown size={14} aria-hidden />
      </button>
    </Dropdown>
  )
}
