/** What can be put into a form 字段面板: drag it, or click to append. */
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { Input } from 'antd'
import { Rows3, Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Group, NamedFieldType } from '@/fields/field'
import { fieldTypes } from '@/fields/registry'
import { pick, useLanguage, useT } from '@/i18n/i18n'
import css from './designer.module.css'
import { addSection } from './sections'
import { useDesigner } from './use-designer'

const GROUPS: Group[] = ['basic', 'choice', 'people', 'files', 'advanced', 'layout']

function Piece({ type, onAdd }: { type: NamedFieldType; onAdd: () => void }) {
  const own = useRef<HTMLButtonElement>(null)
  const Icon = type.icon
  useEffect(() => {
    if (own.current === null) return
    const getInitialData = () => ({ fresh: type.name, nests: type.topLevelOnly === true })
    return draggable({ element: own.current, getInitialData })
  }, [type])
  return (
    <button ref={own} type="button" className={css.piece} onClick={onAdd} data-type={type.name}>
      <Icon size={16} aria-hidden />
      <span>{pick(type.label)}</span>
    </button>
  )
}

/** Groups of field types with a search above. */
export function Palette({ onAdded }: { onAdded?: () => void }) {
  const t = useT()
  const { add, editor, form } = useDesigner()
  const [sought, setSought] = useState('')
  const word = sought.trim().toLowerCase()
  const found = fieldTypes().filter(({ name, label }) => `${name} ${label.zh} ${label.en}`.toLowerCase().includes(word))
  const put = (name: string) => {
    add(name)
    onAdded?.()
  }
  const section = () => {
    addSection(editor, form, t('designer.newSection'))
    onAdded?.()
  }
  return (
    <div className={css.palette} data-language={useLanguage()}>
      <Input
        allowClear
        value={sought}
        prefix={<Search size={14} aria-hidden />}
        placeholder={t('designer.searchTypes')}
        aria-label={t('designer.searchTypes')}
        onChange={(event) => setSought(event.target.value)}
      />
      {found.length === 0 ? <p className={css.quiet}>{t('designer.noTypes')}</p> : null}
      {GROUPS.map((group) => {
        const types = found
          .filter((type) => type.group === group)
          .sort((one, other) => (one.rank ?? 99) - (other.rank ?? 99))
        if (types.length === 0) return null
        return (
          <section key={group}>
            <h2 className={css.paletteTitle}>{t(`designer.groups.${group}`)}</h2>
            <div className={css.pieces}>
              {types.map((type) => (
                <Piece key={type.name} type={type} onAdd={() => put(type.name)} />
              ))}
              {group === 'layout' && word === '' ? (
                <button type="button" className={css.piece} onClick={section}>
                  <Rows3 size={16} aria-hidden />
                  <span>{t('designer.addSection')}</span>
                </button>
              ) : null}
            </div>
          </section>
        )
      })}
    </div>
  )
}
