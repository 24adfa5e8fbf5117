/** How a widget looks 组件样式: title, marks, colour, size. */
import { Input, InputNumber, Switch } from 'antd'
import { useT } from '@/i18n/i18n'
import { HUES } from '@/theme/tokens'
import { type Look, placeOf, type Widget } from '../definition'
import css from './design.module.css'
import { onGrid } from './edits'
import { Part, Property } from './parts'
import type { Board } from './use-board'

type Flag = 'lying' | 'stacked' | 'filled' | 'labels'

const FLAGS: Partial<Record<Widget['shown_as'], Flag[]>> = {
  bar: ['lying', 'stacked', 'labels'],
  line: ['filled', 'labels'],
  pie: ['labels'],
}
const COLOURED = ['bar', 'line', 'funnel', 'ranking']

/** The tab. */
export function StylePane({ board, widget }: { board: Board; widget: Widget }) {
  const t = useT()
  const look = widget.options ?? {}
  const set = (patch: Partial<Look>) => board.patch(widget.id, { options: { ...look, ...patch } })
  const place = placeOf(widget)
  const isOn = (flag: Flag) => (flag === 'filled' ? look.filled !== false : look[flag] === true)
  return (
    <div className={css.pane}>
      <Property label={t('dashboard.title')}>
        <Input
          value={widget.title}
          maxLength={60}
          onChange={(event) => board.patch(widget.id, { title: event.target.value || ' ' }, `title-${widget.id}`)}
        />
      </Property>
      {(FLAGS[widget.shown_as] ?? []).map((flag) => (
        <div key={flag} className={css.flag}>
          <span>{t(`dashboard.${flag}`)}</span>
          <Switch
            size="small"
            checked={isOn(flag)}
            aria-label={t(`dashboard.${flag}`)}
            onChange={(on) => set({ [flag]: on })}
          />
        </div>
      ))}
      {COLOURED.includes(widget.shown_as) ? (
        <Part title={t('dashboard.colour')}>
          <div className={css.hues} role="radiogroup" aria-label={t('dashboard.colour')}>
            {['', ...HUES].map((hue) => (
              // biome-ignore lint/a11y/useSemanticElements: a swatch is not a native radio
              <button
                key={hue}
                type="button"
                role="radio"
                aria-checked={(look.hue ?? '') === hue}
                aria-label={hue === '' ? t('dashboard.colourAuto') : t(`dashboard.hue_${hue}`)}
                className={css.hue}
                style={{ background: hue === '' ? 'var(--accent)' : `var(--hue-${hue})` }}
                onClick={() => set({ hue: hue || undefined })}
              />
            ))}
          </div>
        </Part>
      ) : null}
      <Part title={t('dashboard.size')}>
        <div className={css.pair}>
          {(['w', 'h'] as const).map((side) => (
            <Property key={side} label={t(side === 'w' ? 'dashboard.width' : 'dashboard.height')}>
              <InputNumber
                min={3}
                max={side === 'w' ? 24 : 40}
                precision={0}
                value={place[side]}
                onChange={(next) =>
                  next && board.patch(widget.id, onGrid({ ...place, [side]: next }), `size-${widget.id}`)
                }
              />
            </Property>
          ))}
        </div>
      </Part>
    </div>
  )
}
