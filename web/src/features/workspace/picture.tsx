/** A small picture of the product, drawn and not photographed 产品示意图: it follows language and mode. */
import { CircleCheck, GripVertical } from 'lucide-react'
import { useLanguage, useT } from '@/i18n/i18n'
import type { Hue } from '@/theme/tokens'
import { Avatar } from '@/ui/avatar'
import { Tag } from '@/ui/tag'
import { Tangram } from '@/ui/tangram'
import css from './picture.module.css'

const STAGES: { key: string; hue: Hue; share: number }[] = [
  { key: 'pictureNeed', hue: 'blue', share: 100 },
  { key: 'pictureQuote', hue: 'teal', share: 72 },
  { key: 'pictureTalk', hue: 'orange', share: 46 },
  { key: 'pictureWon', hue: 'green', share: 28 },
]

const DEALS: { zh: string; en: string; amount: string; stage: number }[] = [
  { zh: '华信科技 · 年度采购', en: 'Northwind · yearly supply', amount: '¥286,000', stage: 2 },
  { zh: '明德医疗 · 二期扩容', en: 'Contoso Health · phase two', amount: '¥154,800', stage: 1 },
  { zh: '远景物流 · 车队系统', en: 'Fabrikam Freight · fleet', amount: '¥98,500', stage: 3 },
]

function Deals() {
  const t = useT()
  const english = useLanguage() === 'en'
  return (
    <div className={css.rows}>
      {DEALS.map((deal) => {
        const stage = STAGES[deal.stage]
        return (
          <div key={deal.en} className={css.row}>
            <span>{english ? deal.en : deal.zh}</span>
            <span>
              <Tag hue={stage?.hue}>{t(`workspace.${stage?.key}`)}</Tag>
            </span>
            <span className={css.amount}>{deal.amount}</span>
          </div>
        )
      })}
    </div>
  )
}

function Funnel() {
  return (
    <div className={css.funnel}>
      {STAGES.map(({ key, hue, share }) => (
        <div key={key} className={css.bar} style={{ width: `${share}%`, background: `var(--hue-${hue})` }} />
      ))}
    </div>
  )
}

/** A list, a funnel, a field being dragged, an approval. */
export function Picture() {
  const t = useT()
  const english = useLanguage() === 'en'
  return (
    <div className={css.picture} role="img" aria-label={t('workspace.picture')}>
      <div className={css.window} aria-hidden>
        <div className={css.side}>
          <Tangram size={22} />
          {[64, 78, 56].map((width, at) => (
            <div key={width} className={`${css.line} ${at === 1 ? css.lineOn : ''}`} style={{ width: `${width}%` }} />
          ))}
          <div style={{ height: 4 }} />
          {[72, 50, 66, 80].map((width) => (
            <div key={width} className={css.line} style={{ width: `${width}%` }} />
          ))}
        </div>
        <div className={css.body}>
          <div className={css.title}>{t('workspace.pictureList')}</div>
          <Deals />
          <div className={css.title}>{t('workspace.pictureFunnel')}</div>
          <Funnel />
        </div>
      </div>
      <div className={css.drag} aria-hidden>
        <GripVertical size={14} />
        {t('workspace.pictureAdd')}
      </div>
      <div className={css.float} aria-hidden>
        <Avatar name={english ? 'Li Min' : '李敏'} size={28} />
        <span>
          <div style={{ fontWeight: 600 }}>{t('workspace.pictureApprove')}</div>
          <div style={{ color: 'var(--text-quiet)' }}>{t('workspace.picturePassed')}</div>
        </span>
        <CircleCheck size={20} color="var(--success)" />
      </div>
    </div>
  )
}
