/** A call to the outside 调用接口: a signed request whose answer may be written into the record. */
import { Checkbox, Input, InputNumber, Select } from 'antd'
import { Webhook } from 'lucide-react'
import { useT } from '@/i18n/i18n'
import { type NodeSettingsProps, type NodeSummaryProps, nodeType } from './node'
import { Fold } from './parts/fold'
import css from './parts/nodes.module.css'
import { Setting, Settings } from './parts/setting'
import { Answers, Body } from './reaching/call'
import { Pairs } from './reaching/pairs'

const METHODS = ['POST', 'PUT', 'PATCH', 'GET', 'DELETE'] as const

interface CallSettings {
  url?: string
  method?: (typeof METHODS)[number]
  headers?: Record<string, string>
  body?: Record<string, string>
  answers?: Record<string, string>
  timeout?: number
  retries?: number
  wait?: boolean
}

function Pane({ node, onChange, context }: NodeSettingsProps<CallSettings>) {
  const t = useT()
  const waits = node.wait !== false
  return (
    <Settings>
      <Setting label={t('reaching.url')} hint={t('reaching.signed')}>
        <Input
          value={node.url ?? ''}
          aria-label={t('reaching.url')}
          placeholder="https://"
          onChange={(event) => onChange({ url: event.target.value.trim() })}
        />
        <Select
          value={node.method ?? 'POST'}
          aria-label={t('reaching.method')}
          options={METHODS.map((word) => ({ value: word, label: word }))}
          onChange={(method) => onChange({ method: method === 'POST' ? undefined : method })}
        />
      </Setting>
      <Setting label={t('reaching.body')} hint={t('reaching.bodyHint')}>
        <Body value={node.body ?? {}} onChange={(body) => onChange({ body })} context={context} />
      </Setting>
      <Checkbox checked={waits} onChange={(event) => onChange({ wait: event.target.checked ? undefined : false })}>
        {t('reaching.waitAnswer')}
      </Checkbox>
      <Setting label={t('reaching.answers')} hint={t('reaching.answersHint')}>
        <Answers value={node.answers ?? {}} onChange={(answers) => onChange({ answers })} context={context} />
      </Setting>
      <Fold title={t('reaching.headers')} said={Object.keys(node.headers ?? {}).join(', ')}>
        <Pairs
          value={node.headers ?? {}}
          onChange={(headers) => onChange({ headers })}
          name={t('reaching.headerName')}
          text={t('reaching.headerValue')}
          add={t('reaching.addHeader')}
        />
      </Fold>
      <div className={css.inline}>
        <span>{t('reaching.timeout')}</span>
        <InputNumber
          size="small"
          min={1}
          max={30}
          value={node.timeout ?? 10}
          aria-label={t('reaching.timeout')}
          onChange={(timeout) => onChange({ timeout: timeout ?? 10 })}
        />
      </div>
      <div className={css.inline}>
        <span>{t('reaching.retries')}</span>
        <InputNumber
          size="small"
          min={0}
          max={8}
          value={node.retries ?? 4}
          aria-label={t('reaching.retries')}
          onChange={(retries) => onChange({ retries: retries ?? 4 })}
        />
      </div>
    </Settings>
  )
}

function Summary({ node }: NodeSummaryProps<CallSettings>) {
  const t = useT()
  return <div>{node.url ? `${node.method ?? 'POST'} ${node.url}` : t('reaching.noUrl')}</div>
}

export default nodeType<CallSettings>({
  label: { zh: '调用接口', en: 'Webhook' },
  hint: { zh: '向外部系统发送请求，可用答复填写字段', en: 'Send a request; its answer may fill fields' },
  icon: Webhook,
  hue: 'orange',
  order: 64,
  blank: { url: '' },
  insertable: true,
  exits: (node) => [{ id: Object.keys(node.on ?? {})[0] ?? 'next', label: '' }],
  Settings: Pane,
  Summary,
})
