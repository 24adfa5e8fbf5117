/** Who stands in while I am away 出差代理: by days and forms; both names stand in the story. */
import { Button, DatePicker, Modal, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { useDirectory } from '@/api/directory'
import { asking, queryClient, renew, useApi } from '@/api/query'
import type { components } from '@/api/schema'
import { useT } from '@/i18n/i18n'
import { EmptyState } from '@/ui/empty-state'
import { IconButton } from '@/ui/icon-button'
import { RowBones } from '@/ui/skeletons'
import { Tag } from '@/ui/tag'
import { toast } from '@/ui/toast'
import css from './running.module.css'

type Proxy = components['schemas']['ProxyOut']
const PROXIES = '/api/proxies'
const DAY = 'YYYY-MM-DD'

interface FormChoice {
  value: string
  label: string
}

/** Every form that the asker sees, app by app. */
function useForms(): FormChoice[] {
  const apps = useApi('/api/apps')
  const [forms, setForms] = useState<FormChoice[] | null>(null)
  if (apps.data && forms === null) {
    setForms([])
    void Promise.all(
      apps.data.map(async ({ id, name }) => {
        const menu = await queryClient.fetchQuery(asking('/api/apps/{app}/menu', { params: { path: { app: id } } }))
        const items = (menu as components['schemas']['MenuOut']).groups.flatMap((group) => group.items)
        return items
          .filter(({ kind }) => kind === 'form')
          .map((item) => ({ value: `${id}.${item.id}`, label: `${name} · ${item.label}` }))
      }),
    )
      .then((all) => setForms(all.flat()))
      .catch(() => undefined)
  }
  return forms ?? []
}

function useNames() {
  const { data } = useDirectory()
  return (id: string) => data?.members.find((each) => each.id === id)?.name ?? id
}

/** When, in words. */
function Days({ proxy }: { proxy: Proxy }) {
  const t = useT()
  const { first, last } = proxy
  if (!first && !last) return <span>{t('running.always')}</span>
  return (
    <span>
      {first || '…'} ~ {last || '…'}
    </span>
  )
}

function Line({ proxy, me, forms }: { proxy: Proxy; me: string; forms: FormChoice[] }) {
  const t = useT()
  const nameOf = useNames()
  const own = proxy.principal === me
  const remove = async () => {
    try {
      await api.delete('/api/proxies/{proxy}', { params: { path: { proxy: proxy.id } } })
      toast.done(t('running.proxyGone'))
      await renew(PROXIES, '/api/tasks')
    } catch (error) {
      toast.error(error)
    }
  }
  const words = (proxy.forms ?? []).map((id) => forms.find(({ value }) => value === id)?.label ?? id)
  return (
    <li>
      <div>
        <strong>
          {own
            ? t('running.standsInForMe', { name: nameOf(proxy.proxy) })
            : t('running.standsInFor', { name: nameOf(proxy.proxy), principal: nameOf(proxy.principal) })}
        </strong>{' '}
        <Tag hue={proxy.holds ? 'green' : 'grey'}>{t(proxy.holds ? 'running.holds' : 'running.holdsNot')}</Tag>
        <div className={css.quiet}>
          <Days proxy={proxy} /> · {words.length > 0 ? words.join(', ') : t('running.everyForm')}
        </div>
      </div>
      <IconButton icon={Trash2} iconSize={15} label={t('running.removeProxy')} onClick={() => void remove()} />
    </li>
  )
}

function Add({ me, forms, onDone }: { me: string; forms: FormChoice[]; onDone: () => void }) {
  const t = useT()
  const { data: directory } = useDirectory()
  const [proxy, setProxy] = useState('')
  const [days, setDays] = useState<[Dayjs | null, Dayjs | null]>([dayjs(), null])
  const [chosen, setChosen] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const [first, last] = days.map((day) => day?.format(DAY) ?? null)
      await api.post(PROXIES, { body: { proxy, principal: '', first, last, forms: chosen } as never })
      toast.done(t('running.proxySaved'))
      await renew(PROXIES, '/api/tasks')
      onDone()
    } catch (error) {
      toast.error(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={css.addProxy}>
      <Select
        value={proxy || undefined}
        placeholder={t('running.whoStandsIn')}
        aria-label={t('running.whoStandsIn')}
        showSearch={{ optionFilterProp: 'label' }}
        options={(directory?.members ?? [])
          .filter((each) => each.id !== me && each.enabled)
          .map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setProxy}
      />
      <DatePicker.RangePicker
        allowEmpty={[true, true]}
        value={days}
        aria-label={t('running.days')}
        onChange={(next) => setDays([next?.[0] ?? null, next?.[1] ?? null])}
      />
      <Select
        mode="multiple"
        maxTagCount="responsive"
        value={chosen}
        placeholder={t('running.everyForm')}
        aria-label={t('running.forms')}
        showSearch={{ optionFilterProp: 'label' }}
        options={forms}
        onChange={setChosen}
      />
      <div className={css.buttons}>
        <Button type="primary" disabled={proxy === ''} loading={busy} onClick={() => void save()}>
          {t('ui.save')}
        </Button>
        <Button onClick={onDone}>{t('ui.cancel')}</Button>
      </div>
    </div>
  )
}

/** Mine, and those in which I stand in. */
export default function StandIns({ me, onClose }: { me: string; onClose: () => void }) {
  const t = useT()
  const { data } = useApi(PROXIES)
  const forms = useForms()
  const [adding, setAdding] = useState(false)
  const proxies = data?.proxies ?? []
  return (
    <Modal open centered width={560} footer={null} title={t('running.standIns')} onCancel={onClose}>
      <p className={css.quiet}>{t('running.standInsHint')}</p>
      {data === undefined ? <RowBones rows={2} /> : null}
      {data && proxies.length === 0 && !adding ? <EmptyState small title={t('running.noStandIns')} /> : null}
      <ul className={css.proxies}>
        {proxies.map((proxy) => (
          <Line key={proxy.id} {...{ proxy, me, forms }} />
        ))}
      </ul>
      {adding ? (
        <Add {...{ me, forms }} onDone={() => setAdding(false)} />
      ) : (
        <Button type="dashed" block icon={<Plus size={14} aria-hidden />} onClick={() => setAdding(true)}>
          {t('running.addProxy')}
        </Button>
      )}
    </Modal>
  )
}
