/** How the form looks while it is filled in, and what is said after 外观与提交后. */
import { Button, Input, Segmented, Select, Switch } from 'antd'
import { useT } from '@/i18n/i18n'
import { HUES } from '@/theme/tokens'
import type { After, Offer, Skin } from '@/ui/record/shape'
import { type Form, named, patched } from './definition'
import css from './designer.module.css'
import { Row } from './rows'
import { useDesigner } from './use-designer'

const OFFERS: Offer[] = ['record', 'another', 'list']

/** The form's own settings, changed under one name each. */
function useChange() {
  const { editor } = useDesigner()
  return (patch: Partial<Form>) =>
    editor.change((draft) => patched(draft as Form, patch), `form:${Object.keys(patch).join()}`)
}

/** The words after a submit and the ways on. */
export function AfterPane() {
  const t = useT()
  const { form } = useDesigner()
  const change = useChange()
  const after = form.after ?? undefined
  const patch = (more: After) => change({ after: { ...after, ...more } })
  return (
    <div className={css.list}>
      <div className={css.flag}>
        <span>{t('filling.afterPage')}</span>
        <Switch
          size="small"
          checked={after !== undefined}
          aria-label={t('filling.afterPage')}
          onChange={(on) => change({ after: on ? {} : undefined })}
        />
      </div>
      <p className={css.hint}>{t('filling.afterHint')}</p>
      {after === undefined ? null : (
        <>
          <Row label={t('filling.afterPrompt')}>
            <Input.TextArea
              value={after.prompt ?? ''}
              maxLength={2000}
              autoSize={{ minRows: 2, maxRows: 8 }}
              placeholder={t('filling.afterExample')}
              onChange={(event) => patch({ prompt: event.target.value || undefined })}
            />
          </Row>
          <Row label={t('filling.afterField')}>
            <Select
              value={null}
              placeholder={t('filling.afterFieldPick')}
              options={named(form).map(({ id, label }) => ({ value: id, label }))}
              optionFilterProp="label"
              showSearch
              onChange={(id: string | null) => id && patch({ prompt: `${after.prompt ?? ''}{${id}}` })}
            />
          </Row>
          <Row label={t('filling.afterOffers')}>
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              value={after.offers ?? OFFERS}
              options={OFFERS.map((value) => ({ value, label: t(`filling.offer.${value}`) }))}
              onChange={(chosen) => patch({ offers: OFFERS.filter((each) => chosen.includes(each)) })}
            />
          </Row>
        </>
      )}
    </div>
  )
}

/** A hue from the palette, a cover, a density. */
export function SkinPane() {
  const t = useT()
  const { form } = useDesigner()
  const change = useChange()
  const skin: Skin = form.skin ?? {}
  const patch = (more: Skin) => {
    const next = { ...skin }
    patched(next, more)
    change({ skin: Object.keys(next).length > 0 ? next : undefined })
  }
  return (
    <div className={css.list}>
      <div className={css.row}>
        <span className={css.rowLabel}>{t('filling.skinHue')}</span>
        <div className={css.hues} role="radiogroup" aria-label={t('filling.skinHue')}>
          {['', ...HUES, 'grey'].map((hue) => (
            <Button
              key={hue}
              size="small"
              role="radio"
              aria-checked={(skin.hue ?? '') === hue}
              aria-label={t(`filling.hue.${hue || 'none'}`)}
              title={t(`filling.hue.${hue || 'none'}`)}
              className={css.hue}
              style={hue ? { background: `var(--hue-${hue}-ink)` } : undefined}
              onClick={() => patch({ hue: hue || undefined })}
            />
          ))}
        </div>
      </div>
      {skin.hue ? (
        <Row label={t('filling.skinCover')}>
          <Segmented
            block
            value={skin.cover ?? 'plain'}
            options={(['plain', 'tint', 'band'] as const).map((value) => ({
              value,
              label: t(`filling.cover.${value}`),
            }))}
            onChange={(cover) => patch({ cover: cover === 'plain' ? undefined : cover })}
          />
        </Row>
      ) : null}
      <Row label={t('filling.skinPaging')} hint={t(`filling.pagingHint.${skin.paging ?? 'page'}`)}>
        <Segmented
          block
          value={skin.paging ?? 'page'}
          options={(['page', 'steps', 'questions'] as const).map((value) => ({
            value,
            label: t(`filling.paging.${value}`),
          }))}
          onChange={(paging) => patch({ paging: paging === 'page' ? undefined : paging })}
        />
      </Row>
      <Row label={t('filling.skinDensity')}>
        <Segmented
          block
          value={skin.density ?? 'comfortable'}
          options={(['comfortable', 'compact'] as const).map((value) => ({
            value,
            label: t(`filling.density.${value}`),
          }))}
          onChange={(density) => patch({ density: density === 'comfortable' ? undefined : density })}
        />
      </Row>
    </div>
  )
}
