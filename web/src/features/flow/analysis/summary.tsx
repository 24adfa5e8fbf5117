/** The figures in words 分析结论: how they ended, where most of the time goes, whose work is counted. */
import { Alert } from 'antd'
import { useT } from '@/i18n/i18n'
import { statusWord } from '@/ui/record/system'
import { spanWords } from '@/ui/record/timeline'
import css from './analysis.module.css'
import type { Figures } from './figures'

/** At most three sentences. */
export function Summary({ figures }: { figures: Figures }) {
  const t = useT()
  const narrow = figures.nodes.find(({ node }) => node === figures.bottleneck)
  return (
    <>
      {figures.ended.length > 0 ? (
        <ul className={css.ended}>
          {figures.ended.map(({ status, count, seconds }) => (
            <li key={status}>
              {t('proofs.endedAs', { status: statusWord(status, t), count, time: spanWords(seconds, t) })}
            </li>
          ))}
        </ul>
      ) : null}
      {narrow === undefined ? null : (
        <Alert
          type="warning"
          showIcon
          title={t('proofs.bottleneckIs', {
            node: narrow.label,
            share: `${Math.round((narrow.share ?? 0) * 100)}%`,
            median: spanWords(narrow.median, t),
          })}
          description={t('proofs.warmth')}
        />
      )}
      {figures.whole ? null : <Alert type="info" title={t('proofs.ownOnly')} />}
    </>
  )
}
