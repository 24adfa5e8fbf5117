/** Pages of the features 页面: found by file, loaded when first visited, so that the app knows no feature by import. */
import { type FunctionComponent, lazy } from 'react'
import { language, need, needFrame } from '@/i18n/i18n'
import { needAntdWords } from '@/theme/antd-words'
import { NotFound } from './not-found'

type Module = { default: FunctionComponent }

/** A component that comes when it is wanted, and may be sent for before. */
export interface Late {
  component: FunctionComponent
  loader: () => void
}

const files = import.meta.glob<Module>('../features/*/pages/*.tsx')

/** `load` brings the component, `words` what it says. */
function late(load: () => Promise<Module>, ...words: (() => Promise<unknown>)[]): Late {
  const bring = () => Promise.all([load(), ...words.map((each) => each())]).then(([module]) => module)
  return { component: lazy(bring), loader: () => void bring().catch(() => undefined) }
}

/** The page `features/<feature>/pages/<name>.tsx`, its default export, with its feature's words and `more`. */
export function page(feature: string, name: string, ...more: (() => Promise<unknown>)[]): Late {
  const load = files[`../features/${feature}/pages/${name}.tsx`]
  return load === undefined
    ? { component: NotFound, loader: () => undefined }
    : late(load, () => need(feature), ...more)
}

/** Whether there is such a page. */
export function hasPage(feature: string, name: string): boolean {
  return `../features/${feature}/pages/${name}.tsx` in files
}

const frameWords = () => need('workspace')

/** The frames bring fields and antd's larger parts; the landing page must not wait for them. */
export const frames = {
  furnished: late(
    () => import('./furnished'),
    () => needAntdWords(language()),
  ),
  shell: late(() => import('./shell'), needFrame, frameWords),
  workspace: late(() => import('./workspace-shell'), needFrame, frameWords),
  filling: late(
    () => import('./filling'),
    needFrame,
    () => need('records'),
  ),
  appHome: late(() => import('./app-home'), needFrame),
}
