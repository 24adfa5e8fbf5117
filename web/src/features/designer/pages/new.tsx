/** A new form 新建表单: a name and a place in the menu, empty or from the columns of a file. */
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { renew } from '@/api/query'
import { upload } from '@/api/upload'
import type { Field } from '@/fields/field'
import { useT } from '@/i18n/i18n'
import { useGo, usePath } from '@/lib/route'
import { type AppDraft, savePart, useAppDraft } from '@/ui/design/draft'
import { ErrorState } from '@/ui/error-state'
import { toast } from '@/ui/toast'
import { type Form, OPERATIONS } from '../definition'
import css from '../designer.module.css'
import { Row } from '../rows'
import { Columns, DropPlace } from '../sheet/columns'
import { bring, type Chosen, canTitle, fieldsFor, firstChoice, publish, type Recognised } from '../sheet/from-file'
import { Result } from '../sheet/result'
import { proposeId } from '../slugs'

interface MenuGroup {
  id: string
  label?: string
  items?: string[]
}

interface AppPart {
  menu?: MenuGroup[]
  [more: string]: unknown
}

/** What a form begins with. */
const FIRST = 'text'

/** A file that was dropped, as it was understood and adjusted. */
interface Brought {
  file: File
  told: Recognised
  chosen: Chosen[]
  title?: number
}

function newForm(id: string, name: string, group: string, fields: Field[], title?: string): Form {
  const everyone = { id: 'everyone', name: group, to: { everyone: true }, operations: [...OPERATIONS] }
  return { id, name, title, fields, groups: [everyone] }
}

async function create(app: string, draft: AppDraft, form: Form, group: string): Promise<void> {
  await savePart(app, `forms/${form.id}`, form)
  const part = draft.parts.app as unknown as AppPart
  const item = `form:${form.id}`
  const menu = part.menu ?? []
  const put = (each: MenuGroup) => (each.id === group ? { ...each, items: [...(each.items ?? []), item] } : each)
  const grown = menu.some((each) => each.id === group) ? menu.map(put) : [...menu, { id: 'forms', items: [item] }]
  await savePart(app, 'app', { ...part, menu: grown }, draft.hashes.app)
}

function useFile(app: string, onName: (name: string) => void) {
  const t = useT()
  const [reading, setReading] = useState(false)
  const [brought, setBrought] = useState<Brought>()
  const read = async (file: File) => {
    setReading(true)
    try {
      const told = await upload<Recognised>(`/api/apps/${encodeURIComponent(app)}/recognised`, file)
      setBrought({ file, told, chosen: firstChoice(told.columns, (number) => t('sheet.unnamed', { number })) })
      onName(told.name)
    } catch (problem) {
      toast.error(problem)
    } finally {
      setReading(false)
    }
  }
  return { reading, brought, setBrought, read }
}

function Sheet({ brought, onChange, alone }: { brought: Brought; onChange: (next?: Brought) => void; alone: boolean }) {
  const t = useT()
  const { told, chosen } = brought
  const titles = chosen.filter((one) => one.keep && canTitle(one.type))
  const title = titles.find(({ index }) => index === brought.title) ?? titles[0]
  return (
    <>
      <Columns told={told} chosen={chosen} onChange={(next) => onChange({ ...brought, chosen: next })} />
      <Row label={t('sheet.titleField')} hint={title ? undefined : t('sheet.needText')} wrong={!title}>
        <Select
          value={title?.index}
          options={titles.map(({ index, label }) => ({ value: index, label }))}
          onChange={(index) => onChange({ ...brought, title: index })}
        />
      </Row>
      <p className={css.hint}>{t(alone ? 'sheet.live' : 'sheet.draftOnly')}</p>
      <Button size="small" type="link" onClick={() => onChange(undefined)}>
        {t('sheet.other')}
      </Button>
    </>
  )
}

/** Asks for a name, or takes a file; then opens the designer or imports the rows. */
export default function NewFormPage() {
  const t = useT()
  const go = useGo()
  const { app } = usePath()
  const { data: draft, error } = useAppDraft(app)
  const [name, setName] = useState('')
  const [group, setGroup] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [going, setGoing] = useState<{ form: string; id: string }>()
  const { reading, brought, setBrought, read } = useFile(app, (found) => setName((before) => before || found))
  if (error !== null && draft === undefined) return <ErrorState error={error} />
  const menu = ((draft?.parts.app as unknown as AppPart | undefined)?.menu ?? []) as MenuGroup[]
  const into = group ?? menu.at(-1)?.id ?? ''
  const alone = draft !== undefined && draft.changed.length === 0
  const fields = brought ? fieldsFor(brought.told.columns, brought.chosen) : undefined
  const named = [...(fields ?? [])].filter(([, field]) => canTitle(field.type))
  const title = (named.find(([index]) => index === brought?.title) ?? named[0])?.[1]
  const ready = draft !== undefined && name.trim() !== '' && (brought === undefined || title !== undefined)

  const make = async () => {
    if (!ready) return
    setBusy(true)
    const taken = Object.keys(draft.parts).flatMap((part) => (part.startsWith('forms/') ? [part.slice(6)] : []))
    const id = proposeId('form', name, taken)
    const first = { id: 'name', type: FIRST, label: t('designer.firstField'), required: true }
    const own = fields ? [...fields.values()] : [first as Field]
    try {
      const form = newForm(id, name.trim(), t('designer.everyoneGroup'), own, title?.id ?? 'name')
      await create(app, draft, form, into)
      if (brought && fields && alone) {
        await publish(app, name.trim())
        setGoing({ form: id, id: await bring(app, id, brought.file, brought.told, fields) })
        void renew('/api/apps/{app}/menu')
      } else go(`/app/${app}/design/form/${id}`)
      void renew('/api/apps/{app}/draft')
    } catch (problem) {
      toast.error(problem)
      setBusy(false)
    }
  }
  const buttons = [
    <Button key="cancel" onClick={() => go(`/app/${app}`)}>
      {t('ui.cancel')}
    </Button>,
    <Button key="create" type="primary" loading={busy} disabled={!ready} onClick={make}>
      {t('designer.create')}
    </Button>,
  ]
  return (
    <Modal
      open
      centered
      width={brought ? 720 : 420}
      title={t('designer.newTitle')}
      onCancel={() => go(`/app/${app}`)}
      footer={going ? null : buttons}
    >
      {going ? (
        <Result
          id={going.id}
          name={name}
          onOpen={() => go(`/app/${app}/form/${going.form}`)}
          onDesign={() => go(`/app/${app}/design/form/${going.form}`)}
        />
      ) : (
        <div className={css.newForm}>
          <Row label={t('designer.newName')}>
            <Input
              autoFocus
              value={name}
              maxLength={60}
              placeholder={t('designer.newNameHint')}
              onChange={(event) => setName(event.target.value)}
              onPressEnter={make}
            />
          </Row>
          {menu.length > 1 ? (
            <Row label={t('designer.menuGroup')}>
              <Select
                value={into}
                options={menu.map(({ id, label }) => ({ value: id, label: label || id }))}
                onChange={setGroup}
              />
            </Row>
          ) : null}
          {brought ? (
            <Sheet {...{ brought, alone }} onChange={setBrought} />
          ) : (
            <DropPlace busy={reading} onFile={(file) => void read(file)} />
          )}
        </div>
      )}
    </Modal>
  )
}
