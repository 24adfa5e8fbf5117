/** What an event sends 请求: where to, with which parameters, headers, body and keys. */
import { Button, Input, InputNumber, Segmented, Select } from 'antd'
import { KeyRound, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useApi } from '@/api/query'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import { columnsOf, named } from '../definition'
import { FormulaInput } from '../formula-input'
import { Row } from '../rows'
import { useDesigner } from '../use-designer'
import { type Credential, type EventRequest, freeName, hostOf, renamed, without } from './event'
import css from './events.module.css'
import { KeysDialog } from './keys-dialog'

interface PartProps {
  request: EventRequest
  onChange: (patch: Partial<EventRequest>) => void
  /** The subform of whose rows the event speaks. */
  rows?: string
  /** It comes after another call, whose answer it may use. */
  later?: boolean
}

const ANSWER = '@answer.'

/** A key's name, taken over when it is left. */
function Name({ name, taken, onChange }: { name: string; taken: object; onChange: (name: string) => void }) {
  const t = useT()
  const [text, setText] = useState(name)
  const clean = text.trim()
  const wrong = clean === '' || (clean !== name && clean in taken)
  return (
    <Input
      value={text}
      status={wrong ? 'error' : undefined}
      aria-label={t('events.name')}
      onChange={({ target }) => setText(target.value)}
      onBlur={() => (wrong ? setText(name) : onChange(clean))}
    />
  )
}

interface PairsProps {
  value: Record<string, string>
  /** Texts are expressions; otherwise they are sent as they are. */
  computed?: boolean
  rows?: string
  later?: boolean
  add: string
  onChange: (value: Record<string, string> | undefined) => void
}

function Pairs({ value, computed, rows, later, add, onChange }: PairsProps) {
  const t = useT()
  const { form } = useDesigner()
  const [first] = named(form)
  return (
    <>
      {Object.entries(value).map(([name, text]) => (
        <div key={name} className={css.pair}>
          <Name name={name} taken={value} onChange={(next) => onChange(renamed(value, name, next))} />
          {computed && !text.startsWith(ANSWER) ? (
            <FormulaInput
              path={rows ? `${rows}.` : ''}
              label={t('events.valueOf', { name })}
              value={text}
              onChange={(next) => onChange({ ...value, [name]: next })}
            />
          ) : (
            <Input
              value={text}
              aria-label={t('events.valueOf', { name })}
              onChange={({ target }) => onChange({ ...value, [name]: target.value })}
            />
          )}
          <IconButton
            size="small"
            icon={Trash2}
            iconSize={14}
            label={t('events.remove')}
            onClick={() => onChange(without(value, name))}
          />
        </div>
      ))}
      <Button
        size="small"
        type="dashed"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => onChange({ ...value, [freeName(value, 'key')]: computed ? (first?.id ?? '') : '' })}
      >
        {add}
      </Button>
      {later ? (
        <Button
          size="small"
          type="dashed"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => onChange({ ...value, [freeName(value, 'key')]: ANSWER })}
        >
          {t('events.addAnswer')}
        </Button>
      ) : null}
    </>
  )
}

function Keys({ request, onChange }: PartProps) {
  const t = useT()
  const { data, refetch } = useApi('/api/workspace/keys')
  const [open, setOpen] = useState(false)
  const credentials = request.credentials ?? []
  const put = (next: Credential[]) => onChange({ credentials: next.length > 0 ? next : undefined })
  const patch = (at: number, more: Partial<Credential>) =>
    put(credentials.map((each, place) => (place === at ? { ...each, ...more } : each)))
  const known = data?.keys ?? []
  return (
    <>
      {credentials.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a key has no other name than its place
        <div key={at} className={css.key}>
          <Select
            value={each.secret || undefined}
            status={known.some(({ name }) => name === each.secret) ? undefined : 'error'}
            placeholder={t('events.chooseKey')}
            aria-label={t('events.chooseKey')}
            options={known.map(({ name, host }) => ({ value: name, label: `${name} (${host})` }))}
            onChange={(secret) => patch(at, { secret })}
          />
          <Select
            value={each.into ?? 'header'}
            aria-label={t('events.keyInto')}
            options={(['header', 'parameter'] as const).map((value) => ({ value, label: t(`events.into_${value}`) }))}
            onChange={(into) => patch(at, { into: into === 'header' ? undefined : into })}
          />
          <Input
            value={each.name}
            aria-label={t('events.name')}
            placeholder="Authorization"
            onChange={({ target }) => patch(at, { name: target.value.trim() || 'Authorization' })}
          />
          <Input
            value={each.prefix ?? ''}
            aria-label={t('events.prefix')}
            placeholder={t('events.prefix')}
            onChange={({ target }) => patch(at, { prefix: target.value || undefined })}
          />
          <IconButton
            size="small"
            icon={Trash2}
            iconSize={14}
            label={t('events.remove')}
            onClick={() => put(credentials.filter((_, place) => place !== at))}
          />
        </div>
      ))}
      <div className={css.buttons}>
        <Button
          size="small"
          type="dashed"
          icon={<Plus size={14} aria-hidden />}
          disabled={credentials.length >= 3 || known.length === 0}
          onClick={() =>
            put([...credentials, { secret: known[0]?.name ?? '', name: 'Authorization', prefix: 'Bearer ' }])
          }
        >
          {t('events.addKey')}
        </Button>
        <Button size="small" type="text" icon={<KeyRound size={14} aria-hidden />} onClick={() => setOpen(true)}>
          {t('events.manageKeys')}
        </Button>
      </div>
      {open ? (
        <KeysDialog
          host={hostOf(request.url)}
          onClose={() => {
            setOpen(false)
            void refetch()
          }}
        />
      ) : null}
    </>
  )
}

/** The whole request. */
export function RequestEditor({ request, onChange, rows, later }: PartProps) {
  const t = useT()
  const { form } = useDesigner()
  const method = request.method ?? 'GET'
  const single = named(form).filter(({ id }) => {
    const field = form.fields?.find((each) => each.id === id)
    return field !== undefined && columnsOf(field) === undefined
  })
  const about = rows ? form.fields?.find(({ id }) => id === rows) : undefined
  const insertable = [...((about && columnsOf(about)) ?? []), ...single]
  return (
    <>
      <Row label={t('events.url')} hint={t('events.urlHint')}>
        <div className={css.address}>
          <Segmented
            value={method}
            options={['GET', 'POST']}
            onChange={(next) => onChange({ method: next === 'GET' ? undefined : 'POST' })}
          />
          <Input
            value={request.url ?? ''}
            placeholder="https://api.example.com/companies/{number}"
            aria-label={t('events.url')}
            onChange={({ target }) => onChange({ url: target.value.trim() })}
          />
        </div>
      </Row>
      <Select
        size="small"
        value={null}
        className={css.insert}
        placeholder={t('events.insertField')}
        aria-label={t('events.insertField')}
        showSearch={{ optionFilterProp: 'label' }}
        options={insertable.map(({ id, label }) => ({ value: id, label }))}
        onChange={(id: string | null) => id && onChange({ url: `${request.url ?? ''}{${id}}` })}
      />
      <div className={css.block}>
        <h4>{t('events.parameters')}</h4>
        <Pairs
          computed
          {...{ rows, later }}
          value={request.parameters ?? {}}
          add={t('events.addParameter')}
          onChange={(parameters) => onChange({ parameters })}
        />
      </div>
      {method === 'POST' ? (
        <div className={css.block}>
          <h4>{t('events.body')}</h4>
          <Pairs
            computed
            {...{ rows, later }}
            value={request.body ?? {}}
            add={t('events.addBody')}
            onChange={(body) => onChange({ body })}
          />
        </div>
      ) : null}
      <div className={css.block}>
        <h4>{t('events.headers')}</h4>
        <Pairs
          value={request.headers ?? {}}
          add={t('events.addHeader')}
          onChange={(headers) => onChange({ headers })}
        />
      </div>
      <div className={css.block}>
        <h4>{t('events.keys')}</h4>
        <p className={css.hint}>{t('events.keysHint')}</p>
        <Keys request={request} onChange={onChange} />
      </div>
      <Row label={t('events.seconds')}>
        <InputNumber
          min={1}
          max={15}
          precision={0}
          value={request.seconds ?? 8}
          onChange={(seconds) => onChange({ seconds: seconds === 8 ? undefined : (seconds ?? undefined) })}
        />
      </Row>
    </>
  )
}
