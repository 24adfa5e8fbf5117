/** An editor for formatted text 富文本编辑, fetched when a form has one: headings, lists, links, pictures as stored files. */
import Image from '@tiptap/extension-image'
import { type Editor, EditorContent, useEditor, useEditorState } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import type { LucideIcon } from 'lucide-react'
import {
  Bold,
  Heading,
  ImagePlus,
  Italic,
  Link,
  List,
  ListOrdered,
  Redo2,
  Strikethrough,
  TextQuote,
  Underline,
  Undo2,
} from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useT } from '@/i18n/i18n'
import { IconButton } from '@/ui/icon-button'
import { toast } from '@/ui/toast'
import css from './fill.module.css'

interface RichEditorProps {
  value: string
  onChange: (html: string | null) => void
  label: string
  id?: string
  placeholder?: string
  disabled?: boolean
  status?: 'error' | 'warning'
  describedBy?: string
  /** Stores a picture and answers its address; no pictures when absent. */
  upload?: (file: File) => Promise<string>
}

type Deed = [mark: string, icon: LucideIcon, word: string, act: (editor: Editor) => void, extra?: object]

const DEEDS: Deed[] = [
  ['bold', Bold, 'bold', (editor) => editor.chain().focus().toggleBold().run()],
  ['italic', Italic, 'italic', (editor) => editor.chain().focus().toggleItalic().run()],
  ['underline', Underline, 'underline', (editor) => editor.chain().focus().toggleUnderline().run()],
  ['strike', Strikethrough, 'strike', (editor) => editor.chain().focus().toggleStrike().run()],
  ['heading', Heading, 'heading', (editor) => editor.chain().focus().toggleHeading({ level: 3 }).run()],
  ['bulletList', List, 'bullets', (editor) => editor.chain().focus().toggleBulletList().run()],
  ['orderedList', ListOrdered, 'numbers', (editor) => editor.chain().focus().toggleOrderedList().run()],
  ['blockquote', TextQuote, 'quote', (editor) => editor.chain().focus().toggleBlockquote().run()],
]

/** A picture with the caret behind it, so that what is typed next does not take its place. */
function put(editor: Editor, src: string, alt: string): void {
  editor
    .chain()
    .focus()
    .insertContent([{ type: 'image', attrs: { src, alt } }, { type: 'paragraph' }])
    .run()
}

function Bar({ editor, upload }: { editor: Editor; upload?: RichEditorProps['upload'] }) {
  const t = useT()
  const picker = useRef<HTMLInputElement>(null)
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => DEEDS.filter(([mark]) => now.isActive(mark)).map(([mark]) => mark),
  })
  const link = () => {
    const held = String(editor.getAttributes('link').href ?? '')
    const typed = window.prompt(t('fill.linkAddress'), held || 'https://')?.trim()
    if (typed === undefined) return
    const chain = editor.chain().focus().extendMarkRange('link')
    if (typed === '' || typed === 'https://') chain.unsetLink().run()
    else if (/^(https?:\/\/|mailto:|tel:)\S+$/i.test(typed)) chain.setLink({ href: typed }).run()
    else toast.error(t('fill.linkWrong'))
  }
  const send = async (file: File | undefined) => {
    if (!file || !upload) return
    try {
      const src = await upload(file)
      put(editor, src, file.name)
    } catch (error) {
      toast.error(error)
    }
  }
  return (
    <div className={css.bar} role="toolbar">
      {DEEDS.map(([mark, icon, word, act]) => (
        <IconButton
          key={mark}
          size="small"
          iconSize={15}
          icon={icon}
          label={t(`fill.${word}`)}
          type={on.includes(mark) ? 'primary' : 'text'}
          onClick={() => act(editor)}
        />
      ))}
      <IconButton size="small" iconSize={15} icon={Link} label={t('fill.linkInsert')} onClick={link} />
      {upload ? (
        <>
          <IconButton
            size="small"
            iconSize={15}
            icon={ImagePlus}
            label={t('fill.picture')}
            onClick={() => picker.current?.click()}
          />
          <input
            ref={picker}
            type="file"
            accept="image/png,image/jpeg,image/gif,image/webp"
            hidden
            aria-label={t('fill.picture')}
            onChange={(event) => {
              void send(event.target.files?.[0])
              event.target.value = ''
            }}
          />
        </>
      ) : null}
      <IconButton
        size="small"
        iconSize={15}
        icon={Undo2}
        label={t('ui.undo')}
        onClick={() => editor.chain().focus().undo().run()}
      />
      <IconButton
        size="small"
        iconSize={15}
        icon={Redo2}
        label={t('fill.redo')}
        onClick={() => editor.chain().focus().redo().run()}
      />
    </div>
  )
}

/** Pictures of our own store only: one from elsewhere would tell its host who reads, and is not kept anyway. */
const OwnImage = Image.extend({ parseHTML: () => [{ tag: 'img[src^="/api/files/"]' }] })

const picturesIn = (data: DataTransfer | null) =>
  [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'))

/** Says its HTML when left and at each change; blank is null. */
export default function RichEditor({ value, onChange, label, disabled, status, upload, ...rest }: RichEditorProps) {
  const latest = useRef(onChange)
  latest.current = onChange
  const told = useRef(value)
  const send = useRef(upload)
  send.current = upload
  const take = (files: File[]) => {
    for (const file of files)
      send
        .current?.(file)
        .then((src) => made.current && put(made.current, src, file.name))
        .catch(toast.error)
    return files.length > 0 && send.current !== undefined
  }
  const made = useRef<Editor | null>(null)
  const editor = useEditor({
    extensions: [
      StarterKit.configure({ link: { openOnClick: false, protocols: ['http', 'https', 'mailto', 'tel'] } }),
      OwnImage,
    ],
    content: value,
    editable: !disabled,
    editorProps: {
      handlePaste: (_, event) => take(picturesIn(event.clipboardData)),
      handleDrop: (_, event) => take(picturesIn(event.dataTransfer)),
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        ...(rest.id ? { id: rest.id } : {}),
        ...(rest.describedBy ? { 'aria-describedby': rest.describedBy } : {}),
      },
    },
    onUpdate: ({ editor: now }) => {
      told.current = now.isEmpty ? '' : now.getHTML()
      latest.current(told.current || null)
    },
  })
  made.current = editor
  useEffect(() => {
    editor?.setEditable(!disabled)
  }, [editor, disabled])
  useEffect(() => {
    if (editor && value !== told.current) {
      told.current = value
      editor.commands.setContent(value, { emitUpdate: false })
    }
  }, [editor, value])
  if (!editor) return null
  return (
    <div className={css.editor} data-error={status === 'error'} data-locked={disabled === true}>
      {disabled ? null : <Bar editor={editor} upload={upload} />}
      <div className={`${css.text} ${css.rich}`}>
        <EditorContent editor={editor} />
      </div>
    </div>
  )
}
