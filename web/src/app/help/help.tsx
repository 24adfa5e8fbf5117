/** Help 帮助: what can be done on this screen, beside it. */
import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useT } from '@/i18n/i18n'
import { Drawer } from '@/ui/drawer'
import { Page } from './page'
import { type Topic, topicOf } from './topics'

/** Opens at the page of the current screen. */
export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT()
  const { pathname, search } = useLocation()
  const here = topicOf(pathname, search as Record<string, unknown>)
  const [topic, setTopic] = useState<Topic>(here)
  useEffect(() => {
    if (open) setTopic(here)
  }, [open, here])
  return (
    <Drawer open={open} onClose={onClose} title={t('app.helpTitle')} width={440} expandable={false}>
      <Page topic={topic} onTopic={setTopic} />
    </Drawer>
  )
}
