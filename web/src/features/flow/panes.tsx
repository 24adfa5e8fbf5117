/** Properties of a node and of the workflow 节点与流程属性. */
import { Alert, Button, Input, Select } from 'antd'
import { ClipboardCopy, Copy, Trash2 } from 'lucide-react'
import { typeNamed } from '@/fields/registry'
import { pick, useT } from '@/i18n/i18n'
import type { Line, Workflow } from '@/nodes/drawing/definition'
import { nodeTypeNamed } from '@/nodes/registry'
import { EmptyState } from '@/ui/empty-state'
import css from './flow.module.css'
import { nodeName, useFlow } from './use-flow'

/** The selected node's, drawn by its type below its name. */
export function NodePane() {
  const t = useT()
  const { workflow, selected, patch, note, remove, double, problems, context } = useFlow()
  const node = workflow.nodes[selected]
  if (node === undefined) return <EmptyState small figure="hill" title={t('flow.pickNode')} />
  const type = nodeTypeNamed(node.type)
  const Icon = type?.icon
  const Settings = type?.Settings
  const wrong = problems.get(selected) ?? []
  return (
    <div className={css.pane} key={selected}>
      <div className={css.typeName}>
        {Icon ? <Icon size={14} aria-hidden /> : null}
        {type ? pick(type.label) : node.type}
        <code>{selected}</code>
      </div>
      {wrong.length > 0 ? (
        <Alert
          type="error"
          title={
            <ul className={css.wrongList}>
              {wrong.map(({ code, detail, path }) => (
                <li key={`${code}${path.join()}`}>{detail}</li>
              ))}
            </ul>
          }
        />
      ) : null}
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
      <label className={css.row}>
        <span>{t('flow.label')}</span>
        <Input
          value={node.label ?? ''}
          maxLength={200}
          placeholder={type ? pick(type.label) : ''}
          onChange={(event) => patch(selected, { label: event.target.value })}
        />
      </label>
      {Settings ? (
        <Settings id={selected} node={node} onChange={(change) => patch(selected, change)} context={context} />
      ) : null}
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
      <label className={css.row}>
        <span>{t('flow.note')}</span>
        <Input.TextArea
          value={workflow.notes?.[selected] ?? ''}
          maxLength={2000}
          autoSize={{ minRows: 1, maxRows: 6 }}
          placeholder={t('flow.noteHint')}
          onChange={(event) => note(selected, event.target.value)}
        />
      </label>
      {selected === workflow.start ? null : (
        <div className={css.paneButtons}>
          <Button type="text" icon={<Copy size={14} aria-hidden />} onClick={double}>
            {t('flow.double')}
          </Button>
          <Button danger type="text" icon={<Trash2 size={14} aria-hidden />} onClick={() => remove([selected])}>
            {t('flow.remove')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Several chosen nodes: what can be done to all of them. */
export function SeveralPane() {
  const t = useT()
  const { chosen, remove, copy, double } = useFlow()
  return (
    <div className={css.pane}>
      <strong>{t('flow.chosen', { count: chosen.length })}</strong>
      <p className={css.note}>{t('flow.chosenHint')}</p>
      <div className={css.paneButtons}>
        <Button icon={<ClipboardCopy size={14} aria-hidden />} onClick={copy}>
          {t('flow.copy')}
        </Button>
        <Button icon={<Copy size={14} aria-hidden />} onClick={double}>
          {t('flow.double')}
        </Button>
        <Button danger icon={<Trash2 size={14} aria-hidden />} onClick={() => remove(chosen)}>
          {t('flow.removeAll')}
        </Button>
      </div>
    </div>
  )
}

/** A selected line: where it leads. */
export function LinePane({ line }: { line: Line }) {
  const t = useT()
  const { workflow, lead, context } = useFlow()
  const node = workflow.nodes[line.from]
  if (node === undefined) return null
  return (
    <div className={css.pane}>
      <div className={css.typeName}>
        {nodeName(node)} · {t('flow.lineSelected')}
      </div>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
      <label className={css.row}>
        <span>{t('flow.goTo')}</span>
        <Select
          value={node.on?.[line.exit]}
          options={context.nodes.filter(({ id }) => id !== line.from).map(({ id, label }) => ({ value: id, label }))}
          onChange={(to: string) => lead(line, to)}
        />
      </label>
      <Button danger type="text" onClick={() => lead(line, undefined)}>
        {t('flow.cutLine')}
      </Button>
    </div>
  )
}

const WITHDRAW = ['off', 'until_acted', 'every_node', 'always'] as const
const SAME = ['agree_adjacent', 'agree_history', 'ask'] as const

/** Name and policies. */
export function FlowPane() {
  const t = useT()
  const { workflow, change, problems, context } = useFlow()
  const set = (patch: { [Key in keyof Workflow]?: Workflow[Key] | undefined }) =>
    change(
      (draft) => {
        for (const [key, value] of Object.entries(patch)) {
          if (value === undefined) delete (draft as Record<string, unknown>)[key]
          else (draft as Record<string, unknown>)[key] = value
        }
      },
      `flow:${Object.keys(patch).join()}`,
    )
  const wrong = problems.get('') ?? []
  return (
    <div className={css.pane}>
      {wrong.map(({ code, detail }) => (
        <Alert key={code + detail} type="error" title={detail} />
      ))}
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
      <label className={css.row}>
        <span>{t('flow.name')}</span>
        <Input value={workflow.name} maxLength={200} onChange={(event) => set({ name: event.target.value })} />
      </label>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
      <label className={css.row}>
        <span>{t('flow.withdraw')}</span>
        <Select
          value={workflow.withdraw ?? 'until_acted'}
          options={WITHDRAW.map((word) => ({ value: word, label: t(`flow.withdrawWords.${word}`) }))}
          onChange={(withdraw) => set({ withdraw })}
        />
        <small className={css.note}>{t(`flow.withdrawHint.${workflow.withdraw ?? 'until_acted'}`)}</small>
      </label>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
      <label className={css.row}>
        <span>{t('flow.samePerson')}</span>
        <Select
          value={workflow.same_person ?? 'agree_adjacent'}
          options={SAME.map((word) => ({ value: word, label: t(`flow.samePersonWords.${word}`) }))}
          onChange={(same_person) => set({ same_person })}
        />
        <small className={css.note}>{t('flow.samePersonHint')}</small>
      </label>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is the child */}
      <label className={css.row}>
        <span>{t('flow.brief')}</span>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          maxCount={6}
          value={workflow.brief ?? []}
          aria-label={t('flow.brief')}
          placeholder={t('flow.briefFirst')}
          options={context.fields
            .filter((field) => typeNamed(field.type)?.kind !== 'rows')
            .map(({ id, label }) => ({ value: id, label }))}
          onChange={(brief: string[]) => set(brief.length > 0 ? { brief } : { brief: undefined })}
        />
        <small className={css.note}>{t('flow.briefHint')}</small>
      </label>
      <p className={css.note}>{t('flow.versionNote')}</p>
    </div>
  )
}
