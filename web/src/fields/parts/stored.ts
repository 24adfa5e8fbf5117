/** Stored files in a value 文件值, and sending more of them one after another. */
import { useRef, useState } from 'react'
import { type StoredFile, useFieldContext } from '@/fields/context'
import type { InputProps, Json } from '@/fields/field'
import { toast } from '@/ui/toast'

/** The files a value names. */
export function filesOf(value: Json | undefined): StoredFile[] {
  return Array.isArray(value) ? (value as unknown as StoredFile[]) : []
}

/** A list of files as the value; none is blank. */
export function heldAs(files: StoredFile[]): Json[] | null {
  return files.length > 0 ? (files as unknown as Json[]) : null
}

interface Sending {
  most: number
  /** What is wrong with a file, in words; '' for nothing. */
  refusal: (file: File) => string
  /** The file as it shall be sent. */
  prepare?: (file: File) => Promise<File>
}

/** Sends files one after another and tells how far each is. */
export function useUploads(
  { value, onChange }: Pick<InputProps<object, Json[]>, 'value' | 'onChange'>,
  { most, refusal, prepare }: Sending,
) {
  const { upload } = useFieldContext()
  const [going, setGoing] = useState<{ name: string; share: number }[]>([])
  const held = useRef(filesOf(value))
  held.current = filesOf(value)
  const one = async (picked: File) => {
    setGoing((now) => [...now, { name: picked.name, share: 0 }])
    try {
      const file = prepare ? await prepare(picked) : picked
      const told = refusal(file)
      if (told) return toast.error(told)
      const progress = (share: number) =>
        setGoing((now) => now.map((each) => (each.name === picked.name ? { ...each, share } : each)))
      const stored = await upload(file, progress)
      held.current = [...held.current, stored]
      onChange(heldAs(held.current))
    } catch (error) {
      toast.error(error)
    } finally {
      setGoing((now) => now.filter((each) => each.name !== picked.name))
    }
  }
  const room = most - held.current.length
  const send = async (files: FileList | File[] | null) => {
    for (const file of [...(files ?? [])].slice(0, Math.max(0, room))) await one(file)
  }
  return { going, send, room }
}
