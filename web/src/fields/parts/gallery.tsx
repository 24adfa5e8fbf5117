/** Pictures side by side 图片列表; one opens large, with its neighbours behind arrow keys. */
import { Image as Shown } from 'antd'
import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { type StoredFile, useFieldContext } from '@/fields/context'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import css from './fields.module.css'

interface GalleryProps {
  files: StoredFile[]
  size: number
  onRemove?: (id: string) => void
  /** What stands behind the last picture. */
  more?: ReactNode
}

/** Square thumbnails. */
export function Gallery({ files, size, onRemove, more }: GalleryProps) {
  const t = useT()
  const { fileAddress } = useFieldContext()
  return (
    <div className={css.gallery}>
      <Shown.PreviewGroup>
        {files.map((file, at) => (
          <span key={file.id} className={css.shot} style={{ width: size, height: size }}>
            <Shown
              src={fileAddress(file.id)}
              alt={file.name || t('fill.pictureNumber', { number: at + 1, count: files.length })}
              width={size}
              height={size}
              loading="lazy"
              preview={{ mask: null }}
            />
            {onRemove ? (
              <IconButton
                className={css.shotRemove}
                size="small"
                type="default"
                icon={Trash2}
                iconSize={14}
                label={`${t('ui.delete')} ${file.name}`}
                onClick={() => onRemove(file.id)}
              />
            ) : null}
          </span>
        ))}
      </Shown.PreviewGroup>
      {more}
    </div>
  )
}
