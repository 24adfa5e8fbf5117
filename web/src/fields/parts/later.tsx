/** A part that is fetched when it is first drawn 按需加载, so that a form pays only for the fields it has. */
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react'

/** `const Gallery = later(() => import('./gallery').then(({ Gallery }) => Gallery))`. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>, fallback: ReactNode = null) {
  const Part = lazy(async () => ({ default: await load() })) as unknown as ComponentType<P>
  return function Later(props: P) {
    return (
      <Suspense fallback={fallback}>
        <Part {...props} />
      </Suspense>
    )
  }
}
