/** A form's public links 公开发布: made, switched, copied, drawn as a code. */
import { Button, Dropdown, Modal, QRCode } from 'antd'
import { Copy, Download, ExternalLink, FileQuestionMark, Globe, Pencil, Plus, QrCode, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { api } from '@/api/client'
import { renew, useApi } from '@/api/query'
import { useSession } from '@/api/session'
import { useT } from '@/i18n/i18n'
import { formatTime } from '@/lib/format'
import { usePath } from '@/lib/route'
import { confirm } from '@/ui/confirm'
import { DesignBar } from '@/ui/design/design-bar'
import { EmptyState } from '@/ui/empty-state'
import { ErrorState } from '@/ui/error-state'
import { RowBones } from '@/ui/skeletons'
import { Tag } from '@/ui/tag'
import { toast } from '@/ui/toast'
import { addressOf, type Kind, type Link, termsOf } from '../address'
import { LinkDialog, LinkSwitch } from '../link-dialog'
import { drawPoster } from '../poster'
import css from '../sharing.module.css'

const LINKS = '/api/apps/{app}/forms/{form}/links'

async function copied(text: string, said: string) {
  try {
    await navigator.clipboard.writeText(text)
    toast.done(said)
  } catch (problem) {
    toast.error(problem)
  }
}

function Poster({ link, name, onClose }: { link: Link; name: string; onClose: () => void }) {
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  const { title, description } = termsOf(link)
  const picture = async () => {
    const code = box.current?.querySelector('canvas')
    return code ? drawPoster(code, title || name, description, t('sharing.posterHint')) : null
  }
  const download = async () => {
    const blob = await picture()
    if (blob === null) return
    const anchor = document.createElement('a')
    anchor.href = URL.createObjectURL(blob)
    anchor.download = `${title || name}.png`
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000)
  }
  return (
    <Modal
      open
      width={420}
      title={t('sharing.poster')}
      onCancel={onClose}
      footer={
        <Button type="primary" icon={<Download size={16} aria-hidden />} onClick={() => void download()}>
          {t('sharing.download')}
        </Button>
      }
    >
      <div className={css.poster} ref={box}>
        <h3 className={css.posterTitle}>{title || name}</h3>
        <QRCode
          value={addressOf(link)}
          size={260}
          marginSize={2}
          color="#17211d"
          bgColor="#ffffff"
          bordered={false}
          aria-label={addressOf(link)}
        />
        <span className={css.quiet}>{t('sharing.posterHint')}</span>
      </div>
    </Modal>
  )
}

function Facts({ link }: { link: Link }) {
  const t = useT()
  const { limit, once, captcha, opens_at, closes_at } = termsOf(link)
  const facts = [
    link.kind === 'fill' ? t(limit ? 'sharing.usedOf' : 'sharing.used', { count: link.used, limit }) : '',
    opens_at ? t('sharing.from', { time: formatTime(opens_at) }) : '',
    closes_at ? t('sharing.until', { time: formatTime(closes_at) }) : '',
    link.has_password ? t('sharing.locked') : '',
    once ? t('sharing.onceMark') : '',
    captcha === 'off' ? '' : t('sharing.captcha'),
  ]
  return (
    <div className={css.facts}>
      {facts.filter(Boolean).map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </div>
  )
}

interface CardProps {
  app: string
  form: string
  name: string
  link: Link
  onEdit: () => void
  onPoster: () => void
  again: () => void
}

function Card({ app, form, name, link, onEdit, onPoster, again }: CardProps) {
  const t = useT()
  const address = addressOf(link)
  const remove = async () => {
    const asked = { title: t('sharing.remove'), detail: t('sharing.removeDetail'), action: t('ui.delete') }
    if (!(await confirm({ ...asked, danger: true }))) return
    try {
      await api.delete('/api/apps/{app}/forms/{form}/links/{link}', { params: { path: { app, form, link: link.id } } })
      toast.done(t('sharing.removed'))
      again()
    } catch (problem) {
      toast.error(problem)
    }
  }
  return (
    <li className={css.card}>
      <h2 className={css.cardTitle}>
        {termsOf(link).title || name}
        <Tag hue={link.kind === 'fill' ? 'teal' : 'purple'}>{t(`sharing.${link.kind as Kind}`)}</Tag>
      </h2>
      <LinkSwitch {...{ app, form, link }} onDone={again} />
      <span className={css.address}>{address}</span>
      <span />
      <Facts link={link} />
      <div className={css.deeds}>
        <Button icon={<Copy size={14} aria-hidden />} onClick={() => void copied(address, t('ui.copied'))}>
          {t('sharing.copyLink')}
        </Button>
        <Button icon={<QrCode size={14} aria-hidden />} onClick={onPoster}>
          {t('sharing.poster')}
        </Button>
        <Button icon={<ExternalLink size={14} aria-hidden />} href={address} target="_blank" rel="noreferrer">
          {t('sharing.openIt')}
        </Button>
        <Button type="text" className={css.end} icon={<Pencil size={14} aria-hidden />} onClick={onEdit}>
          {t('ui.edit')}
        </Button>
        <Button type="text" icon={<Trash2 size={14} aria-hidden />} onClick={() => void remove()}>
          {t('ui.delete')}
        </Button>
      </div>
    </li>
  )
}

/** Where members fill in the form: a page of its own, by their own rights. */
function MemberPage({ app, form }: { app: string; form: string }) {
  const t = useT()
  const address = new URL(`/fill/${app}/${form}`, window.location.origin).href
  return (
    <section className={css.card} aria-label={t('sharing.memberPage')}>
      <h2 className={css.cardTitle}>{t('sharing.memberPage')}</h2>
      <span />
      <span className={css.facts}>{t('sharing.memberHint')}</span>
      <span />
      <span className={css.address}>{address}</span>
      <div className={css.deeds}>
        <Button icon={<Copy size={14} aria-hidden />} onClick={() => void copied(address, t('ui.copied'))}>
          {t('sharing.copyLink')}
        </Button>
        <Button icon={<ExternalLink size={14} aria-hidden />} href={address} target="_blank" rel="noreferrer">
          {t('sharing.openPage')}
        </Button>
      </div>
    </section>
  )
}

/** The links of the path's form. */
export default function LinksPage() {
  const t = useT()
  const { app, form } = usePath()
  const { data: session } = useSession()
  const params = { path: { app, form } }
  const { data, error, refetch } = useApi(LINKS, { params })
  const { data: shape } = useApi('/api/apps/{app}/forms/{form}', { params })
  const [editing, setEditing] = useState<{ kind: Kind; link: Link | null } | null>(null)
  const [drawn, setDrawn] = useState<Link | null>(null)
  const name = String(shape?.definition.name ?? '')
  const again = () => void renew(LINKS)
  const add = (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'fill', icon: <Globe size={14} />, label: t('sharing.addFill') },
          { key: 'query', icon: <FileQuestionMark size={14} />, label: t('sharing.addQuery') },
        ],
        onClick: ({ key }) => setEditing({ kind: key as Kind, link: null }),
      }}
    >
      <Button type="primary" icon={<Plus size={16} aria-hidden />}>
        {t('sharing.add')}
      </Button>
    </Dropdown>
  )
  return (
    <div className={css.page}>
      <DesignBar app={app} form={form} tab="share" title={name} editor={null}>
        {data?.links.length ? add : null}
      </DesignBar>
      <div className={css.inner}>
        <MemberPage {...{ app, form }} />
        <p className={`${css.lead} ${css.apart}`}>{t('sharing.lead')}</p>
        {session?.workspace?.trial_until ? <p className={css.note}>{t('sharing.trial')}</p> : null}
        {error ? <ErrorState error={error} onRetry={refetch} /> : null}
        {data || error ? null : <RowBones rows={3} />}
        {data?.links.length === 0 ? (
          <EmptyState figure="boat" title={t('sharing.emptyTitle')} hint={t('sharing.emptyHint')} action={add} />
        ) : null}
        <ul className={css.list}>
          {data?.links.map((link) => (
            <Card
              key={link.id}
              {...{ app, form, name, link, again }}
              onEdit={() => setEditing({ kind: link.kind as Kind, link })}
              onPoster={() => setDrawn(link)}
            />
          ))}
        </ul>
      </div>
      {editing && data ? (
        <LinkDialog
          {...{ app, form, ...editing }}
          offers={data.fields}
          views={data.views}
          onClose={() => setEditing(null)}
          onDone={() => {
            setEditing(null)
            again()
          }}
        />
      ) : null}
      {drawn ? <Poster link={drawn} name={name} onClose={() => setDrawn(null)} /> : null}
    </div>
  )
}
