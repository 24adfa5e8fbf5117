/** Changes to the directory 通讯录改动: done, told, and asked again. */
import { renew } from '@/api/query'
import { toast } from '@/ui/toast'

/** Runs `act`, renews the answers below `path`, says `said`; a problem is told and swallowed. */
export async function acting(act: () => Promise<unknown>, path: string, said: string): Promise<void> {
  try {
    await act()
    await renew(path)
    toast.done(said)
  } catch (problem) {
    toast.error(problem)
  }
}
