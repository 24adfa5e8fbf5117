/** What a public link offers, and until when 链接设置. */
import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Select, Switch, Tooltip } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { api } from '@/api/client'
import { useDirectory } from '@/api/directory'
import type { components } from '@/api/schema'
import { useSession } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { instantAt, wallClock } from '@/lib/zone'
import { Drawer } from '@/ui/drawer'
import { toast } from '@/ui/toast'
import { type Kind, type Link, type Terms, termsOf } from './address'
import css from './sharing.module.css'

export type Offer = components['schemas']['LinkField']
type Use = 'fill' | 'show' | 'ask'

interface DialogProps {
  app: string
  form: string
  kind: Kind
  /** The link that is edited; null for a new one. */
  link: Link | null
  offers: Offer[]
  views: { id: string; name: string }[]
  onDone: () => void
  onClose: () => void
}

interface Shape extends Omit<Terms, 'opens_at' | 'closes_at'> {
  opens?: Dayjs | null
  closes?: Dayjs | null
  password?: string
  unlocked?: boolean
}

/** Fields to tick; those that cannot be offered say why. */
function Choose({
  offers,
  use,
  value = [],
  onChange,
}: {
  offers: Offer[]
  use: Use
  value?: string[]
  onChange?: (ids: string[]) => void
}) {
  const t = useT()
  const open = offers.filter((each) => each[use] === '')
  const flip = (id: string, on: boolean) => onChange?.(on ? [...value, id] : value.filter((each) => each !== id))
  return (
    <div className={css.choose}>
      {use === 'ask' ? null : (
        <div className={css.chooseHead}>
          <Button size="small" type="link" onClick={() => onChange?.(open.map(({ id }) => id))}>
            {t('sharing.all')}
          </Button>
          <Button size="small" type="link" onClick={() => onChange?.([])}>
            {t('sharing.none')}
          </Button>
        </div>
      )}
      <div className={css.chooseList}>
        {offers.map((each) => {
          const why = each[use]
          const box = (
            <Checkbox
              key={each.id}
              checked={value.includes(each.id)}
              disabled={why !== ''}
              onChange={({ target }) => flip(each.id, target.checked)}
            >
              {each.label}
            </Checkbox>
          )
          return why === '' ? (
            box
          ) : (
            <Tooltip key={each.id} title={t(`sharing.${why}` as 'sharing.reference')}>
              <span>{box}</span>
            </Tooltip>
          )
        })}
      </div>
    </div>
  )
}

function Bounds({ kind }: { kind: Kind }) {
  const t = useT()
  return (
    <>
      <div className={css.pair}>
        <Form.Item name="opens" label={t('sharing.opens')}>
          <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" className={css.whole} />
        </Form.Item>
        <Form.Item name="closes" label={t('sharing.closes')}>
          <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" className={css.whole} />
        </Form.Item>
      </div>
      {kind === 'fill' ? (
        <>
          <Form.Item name="limit" label={t('sharing.limit')} extra={t('sharing.limitHint')}>
            <InputNumber min={0} max={10_000_000} precision={0} suffix={t('sharing.limitUnit')} className={css.whole} />
          </Form.Item>
          <Form.Item name="once" valuePropName="checked" noStyle>
            <Checkbox>{t('sharing.once')}</Checkbox>
          </Form.Item>
          <br />
          <Form.Item name="prefill" valuePropName="checked" noStyle>
            <Checkbox>{t('sharing.prefill')}</Checkbox>
          </Form.Item>
        </>
      ) : null}
    </>
  )
}

/** Whether strangers have to show that they are people: by work of their browser, or by the operator's captcha. */
function Person({ offered }: { offered: boolean }) {
  const t = useT()
  const ways = offered ? (['off', 'work', 'provider'] as const) : (['off', 'work'] as const)
  return (
    <Form.Item name="captcha" label={t('sharing.captcha')} extra={t('sharing.captchaHint')} className={css.password}>
      <Select options={ways.map((value) => ({ value, label: t(`sharing.captcha_${value}`) }))} />
    </Form.Item>
  )
}

function Password({ held }: { held: boolean }) {
  const t = useT()
  return (
    <>
      <Form.Item
        name="password"
        label={t('sharing.password')}
        extra={t(held ? 'sharing.passwordSet' : 'sharing.passwordNone')}
        className={css.password}
      >
        <Input.Password maxLength={200} autoComplete="new-password" />
      </Form.Item>
      {held ? (
        <Form.Item name="unlocked" valuePropName="checked">
          <Checkbox>{t('sharing.passwordClear')}</Checkbox>
        </Form.Item>
      ) : null}
    </>
  )
}

function startOf(link: Link | null, offers: Offer[], kind: Kind, me: string): Shape {
  const kept = link === null ? null : termsOf(link)
  const day = (instant: string | null | undefined) => (instant ? dayjs(wallClock(instant)) : null)
  const open = kind === 'fill' ? offers.filter(({ fill }) => fill === '').map(({ id }) => id) : []
  // What may not be offered any more cannot be unticked either.
  const still = (ids: string[], use: Use) =>
    ids.filter((id) => offers.some((each) => each.id === id && each[use] === ''))
  return {
    title: kept?.title ?? '',
    description: kept?.description ?? '',
    thanks: kept?.thanks ?? '',
    fields: kept ? still(kept.fields ?? [], kind === 'fill' ? 'fill' : 'show') : open,
    asked: still(kept?.asked ?? [], 'ask'),
    view: kept?.view ?? '',
    owner: kept?.owner ?? me,
    opens: day(kept?.opens_at),
    closes: day(kept?.closes_at),
    limit: kept?.limit ?? 0,
    once: kept?.once ?? false,
    prefill: kept?.prefill ?? true,
    captcha: kept?.captcha ?? 'off',
  }
}

/** Makes a link, or changes one. */
export function LinkDialog({ app, form, kind, link, offers, views, onDone, onClose }: DialogProps) {
  const t = useT()
  const { data: session } = useSession()
  const { data: directory } = useDirectory()
  const [box] = Form.useForm<Shape>()
  const [busy, setBusy] = useState(false)
  const save = async (given: Shape) => {
    const { opens, closes, password = '', unlocked = false, ...rest } = given
    const moment = (day?: Dayjs | null) => (day ? instantAt(day.format('YYYY-MM-DDTHH:mm')) : null)
    const terms = { ...rest, limit: rest.limit ?? 0, opens_at: moment(opens), closes_at: moment(closes) }
    setBusy(true)
    try {
      if (link === null) {
        const path = '/api/apps/{app}/forms/{form}/links'
        await api.post(path, { params: { path: { app, form } }, body: { kind, terms, password } })
      } else {
        const secret = unlocked ? { password: '' } : password === '' ? {} : { password }
        const params = { path: { app, form, link: link.id } }
        await api.patch('/api/apps/{app}/forms/{form}/links/{link}', { params, body: { terms, ...secret } })
      }
      toast.done(t('sharing.saved'))
      onDone()
    } catch (problem) {
      toast.error(problem)
    } finally {
      setBusy(false)
    }
  }
  const needed = { required: true, type: 'array' as const, min: 1, message: t('sharing.required') }
  const people = (directory?.members ?? []).filter(({ enabled }) => enabled)
  const foot = (
    <>
      <Button type="primary" loading={busy} onClick={box.submit}>
        {t('ui.save')}
      </Button>
      <Button onClick={onClose}>{t('ui.cancel')}</Button>
    </>
  )
  const title = link === null ? (kind === 'fill' ? 'sharing.addFill' : 'sharing.addQuery') : 'sharing.edit'
  return (
    <Drawer open onClose={onClose} title={t(title)} footer={foot} width={560} expandable={false}>
      <Form
        form={box}
        layout="vertical"
        requiredMark={false}
        className={css.dialog}
        initialValues={startOf(link, offers, kind, session?.member?.id ?? '')}
        onFinish={save}
      >
        <p className={css.quiet}>{t(kind === 'fill' ? 'sharing.fillHint' : 'sharing.queryHint')}</p>
        <Form.Item name="title" label={t('sharing.name')}>
          <Input maxLength={200} placeholder={t('sharing.nameHint')} />
        </Form.Item>
        <Form.Item name="description" label={t('sharing.description')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        {kind === 'query' ? (
          <Form.Item name="asked" label={t('sharing.asked')} rules={[needed]}>
            <Choose offers={offers} use="ask" />
          </Form.Item>
        ) : null}
        <Form.Item name="fields" label={t(kind === 'fill' ? 'sharing.fields' : 'sharing.shown')} rules={[needed]}>
          <Choose offers={offers} use={kind === 'fill' ? 'fill' : 'show'} />
        </Form.Item>
        {kind === 'query' ? (
          <Form.Item name="view" label={t('sharing.view')}>
            <Select
              options={[
                { value: '', label: t('sharing.everyRecord') },
                ...views.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Form.Item>
        ) : (
          <>
            <Form.Item name="owner" label={t('sharing.owner')} extra={t('sharing.ownerHint')}>
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                options={people.map(({ id, name }) => ({ value: id, label: name }))}
              />
            </Form.Item>
            <Form.Item name="thanks" label={t('sharing.thanks')}>
              <Input.TextArea rows={2} maxLength={2000} placeholder={t('sharing.thanksHint')} />
            </Form.Item>
          </>
        )}
        <Bounds kind={kind} />
        <Person offered={session?.services.includes('captcha') ?? false} />
        <Password held={link?.has_password ?? false} />
      </Form>
    </Drawer>
  )
}

/** Switches a link on or off. */
export function LinkSwitch({ app, form, link, onDone }: { app: string; form: string; link: Link; onDone: () => void }) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const flip = async (enabled: boolean) => {
    setBusy(true)
    try {
      const params = { path: { app, form, link: link.id } }
      await api.patch('/api/apps/{app}/forms/{form}/links/{link}', { params, body: { enabled } })
      onDone()
    } catch (problem) {
      toast.error(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Switch
      size="small"
      checked={link.enabled}
      loading={busy}
      aria-label={t(link.enabled ? 'sharing.on' : 'sharing.off')}
      onChange={flip}
    />
  )
}
