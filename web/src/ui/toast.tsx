/** Short messages at the foot of the page 轻提示: said once, undone if possible. */
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect } from 'react'
import { create } from 'zustand'
import { sentenceOf } from '@/api/problem'
import { useT } from '@/i18n/i18n'
import parts from './parts.module.css'

interface Message {
  id: number
  text: string
  tone: 'done' | 'error'
  undo?: () => void
}

interface Said {
  messages: Message[]
  say: (message: Omit<Message, 'id'>) => void
  forget: (id: number) => void
}

let last = 0

const useSaid = create<Said>((set) => ({
  messages: [],
  say: (message) => {
    last += 1
    const said = { ...message, id: last }
    set(({ messages }) => ({ messages: [...messages.slice(-2), said] }))
  },
  forget: (id) => set(({ messages }) => ({ messages: messages.filter((each) => each.id !== id) })),
}))

/** `toast.done('已删除', undo)`, `toast.error(problem)`: usable anywhere, also outside of components. */
export const toast = {
  done: (text: string, undo?: () => void) => useSaid.getState().say({ text, tone: 'done', undo }),
  error: (error: unknown) => useSaid.getState().say({ text: sentenceOf(error), tone: 'error' }),
}

function Said({ message }: { message: Message }) {
  const t = useT()
  const forget = useSaid((state) => state.forget)
  const { id, tone, undo } = message
  useEffect(() => {
    const timer = setTimeout(() => forget(id), undo || tone === 'error' ? 8_000 : 3_000)
    return () => clearTimeout(timer)
  }, [id, tone, undo, forget])
  const revert = () => {
    undo?.()
    forget(id)
  }
  return (
    <div className={parts.toast} role={tone === 'error' ? 'alert' : 'status'}>
      {tone === 'error' ? <CircleAlert size={18} color="#ffb3a1" /> : <CircleCheck size={18} color="#8fe3b8" />}
      <span>{message.text}</span>
      {undo ? (
        <button type="button" className={parts.toastUndo} onClick={revert}>
          {t('ui.undo')}
        </button>
      ) : null}
      <button type="button" className={parts.toastUndo} onClick={() => forget(id)} aria-label={t('ui.close')}>
        <X size={16} color="#c7d0cc" />
      </button>
    </div>
  )
}

/** Where the messages appear; once on the page. */
export function Toasts() {
  const messages = useSaid((state) => state.messages)
  return (
    <div className={`${parts.toasts} no-print`}>
      {messages.map((message) => (
        <Said key={message.id} message={message} />
      ))}
    </div>
  )
}
