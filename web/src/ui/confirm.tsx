/** A question before something that cannot be undone 危险操作确认. */
import { Modal } from 'antd'
import type { ReactNode } from 'react'
import { create } from 'zustand'
import { useT } from '@/i18n/i18n'

interface Question {
  title: ReactNode
  detail?: ReactNode
  /** The word on the button: the deed, not "OK". */
  action: string
  /** Red by default. */
  danger?: boolean
}

interface Asked {
  question: (Question & { answer: (yes: boolean) => void }) | null
}

const useAsked = create<Asked>(() => ({ question: null }))

/** `if (await confirm({ title, detail, action: t('ui.delete') })) …`: usable anywhere. */
export function confirm(question: Question): Promise<boolean> {
  return new Promise((answer) => useAsked.setState({ question: { ...question, answer } }))
}

/** Where the question appears; once on the page. */
export function Confirms() {
  const t = useT()
  const question = useAsked((state) => state.question)
  const answer = (yes: boolean) => {
    question?.answer(yes)
    useAsked.setState({ question: null })
  }
  return (
    <Modal
      open={question !== null}
      title={question?.title}
      okText={question?.action}
      cancelText={t('ui.cancel')}
      okButtonProps={{ danger: question?.danger ?? true }}
      onOk={() => answer(true)}
      onCancel={() => answer(false)}
      width={420}
      centered
    >
      {question?.detail}
    </Modal>
  )
}
