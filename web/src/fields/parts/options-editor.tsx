/** Edits the options of a choice 选项编辑: labels, hues, order, and many at once as lines of text. */
import { Button, Dropdown, Input, Modal } from 'antd'
import { ArrowDown, ArrowUp, Filter, Plus, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useFieldContext } from '@/fields/context'
import type { Option } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { HUES, type Hue } from '@/theme/tokens'
import { IconButton } from '@/ui/icon-button'
import css from './fields.module.css'
import { newOptionId, nextHue, optionsFromLines } from './options'
import { Setting } from './setting'

interface EditorProps {
  options: Option[]
  onChange: (options: Option[]) => void
}

function HuePicker({ hue, onPick }: { hue: Hue | ''; onPick: (hue: Hue) => void }) {
  const t = useT()
  const swatch = (each: Hue) => ({ background: `var(--hue-${each})` })
  const menu = () => (
    <div
      className={css.hues}
      style={{ padding: 10, background: 'var(--raised)', borderRadius: 8, boxShadow: 'var(--shadow-raised)' }}
    >
      {[...HUES, 'grey' as const].map((each) => (
        <button
          key={each}
          type="button"
          className={css.hueButton}
          style={swatch(each)}
          aria-label={t(`fields.hue_${each}`)}
          onClick={() => onPick(each)}
        />
      ))}
    </div>
  )
  return (
    <Dropdown trigger={['click']} popupRender={menu}>
      <button type="button" className={css.hueButton} style={swatch(hue || 'grey')} aria-label={t('fields.hue')} />
    </Dropdown>
  )
}

function Batch({
  options,
  onDone,
  onClose,
}: {
  options: Option[]
  onDone: (next: Option[]) => void
  onClose: () => void
}) {
  const t = useT()
  const [text, setText] = useState(options.map((each) => each.label).join('\n'))
  return (
    <Modal
      open
      title={t('fields.batchEdit')}
      onCancel={onClose}
      onOk={() => onDone(optionsFromLines(text, options))}
      okText={t('ui.confirm')}
      cancelText={t('ui.cancel')}
    >
      <p className={css.small}>{t('fields.batchHint')}</p>
      <Input.TextArea
        value={text}
        autoSize={{ minRows: 8, maxRows: 18 }}
        aria-label={t('fields.batchEdit')}
        onChange={(event) => setText(event.target.value)}
      />
    </Modal>
  )
}

function OptionRow({
  option,
  at,
  editor,
}: {
  option: Option
  at: number
  editor: EditorProps & { add: (at: number) => void }
}) {
  const t = useT()
  const { options, onChange, add } = editor
  const patch = (change: Partial<Option>) =>
    onChange(options.map((each, i) => (i === at ? { ...each, ...change } : each)))
  const move = (by: number) => {
    const next = [...options]
    const [moved] = next.splice(at, 1)
    if (moved) next.splice(at + by, 0, moved)
    onChange(next)
  }
  const { Expression } = useFieldContext()
  const [asked, setAsked] = useState(false)
  const row = (
    <div className={css.optionRow}>
      <HuePicker hue={option.color ?? ''} onPick={(color) => patch({ color })} />
      <Input
        size="small"
        value={option.label}
        aria-label={t('fields.optionLabel', { number: at + 1 })}
        onChange={(event) => patch({ label: event.target.value })}
        onPressEnter={() => add(at + 1)}
      />
      {Expression ? (
        <IconButton
          size="small"
          icon={Filter}
          iconSize={14}
          label={t('fields.optionWhen')}
          aria-pressed={Boolean(option.when)}
          className={option.when ? css.marked : undefined}
          onClick={() => setAsked(!asked)}
        />
      ) : null}
      <IconButton
        size="small"
        icon={ArrowUp}
        iconSize={14}
        label={t('fields.up')}
        disabled={at === 0}
        onClick={() => move(-1)}
      />
      <IconButton
        size="small"
        icon={ArrowDown}
        iconSize={14}
        label={t('fields.down')}
        disabled={at === options.length - 1}
        onClick={() => move(1)}
      />
      <IconButton
        size="small"
        icon={Trash2}
        iconSize={14}
        label={t('ui.delete')}
        onClick={() => onChange(options.filter((_, i) => i !== at))}
      />
    </div>
  )
  if (!Expression || !asked) return row
  const label = t('fields.optionWhenOf', { label: option.label })
  return (
    <>
      {row}
      <Setting label={label}>
        <Expression label={label} value={option.when ?? ''} onChange={(when) => patch({ when: when || undefined })} />
      </Setting>
    </>
  )
}

/** Rows of options; Enter adds the next one. */
export function OptionsEditor({ options, onChange }: EditorProps) {
  const t = useT()
  const [batch, setBatch] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const add = (at: number) => {
    const label = t('fields.optionLabel', { number: options.length + 1 })
    const made = {
      id: newOptionId(
        '',
        options.map((each) => each.id),
      ),
      label,
      color: nextHue(options.length),
    }
    onChange([...options.slice(0, at), made, ...options.slice(at)])
    setTimeout(() => list.current?.querySelectorAll('input')[at]?.select())
  }
  return (
    <Setting label={t('fields.options')}>
      <div ref={list} className={css.files}>
        {options.map((option, at) => (
          <OptionRow key={option.id} option={option} at={at} editor={{ options, onChange, add }} />
        ))}
      </div>
      <div className={css.settingRow}>
        <Button size="small" type="text" icon={<Plus size={14} />} onClick={() => add(options.length)}>
          {t('fields.addOption')}
        </Button>
        <Button size="small" type="text" onClick={() => setBatch(true)}>
          {t('fields.batchEdit')}
        </Button>
      </div>
      {batch ? (
        <Batch
          options={options}
          onClose={() => setBatch(false)}
          onDone={(next) => {
            onChange(next)
            setBatch(false)
          }}
        />
      ) : null}
    </Setting>
  )
}
