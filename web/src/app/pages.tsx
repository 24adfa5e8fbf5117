/** Pages of the features 页面: found by file, loaded when first visited, so that the app knows no feature by import. */
import { type FunctionComponent, lazy } from 'react'
import { NotFound } from './not-found'

const files = import.meta.glob<{ default: FunctionComponent }>('../features/*/pages/*.tsx')

/** The page `features/<feature>/pages/<name>.tsx`, its default export, lazily. */
export function page(feature: string, name: string): FunctionComponent {
  const load = files[`../features/${feature}/pages/${name}.tsx`]
  return load === undefined ? NotFound : lazy(load)
}

/** Whether there is such a page. */
export function hasPage(feature: string, name: string): boolean {
  return `../features/${feature}/pages/${name}.tsx` in files
}
