/** Which address shows which page 路由. */
import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { need, needFrame } from '@/i18n/i18n'
import { Crashed } from './crashed'
import { NotFound } from './not-found'
import { Page } from './page'
import { frames, page } from './pages'

const root = createRootRoute({ component: Page, notFoundComponent: NotFound, errorComponent: Crashed })

/** Search parameters are the page's own business; nothing is thrown away. */
const anySearch = { validateSearch: (search: Record<string, unknown>) => search }

const furnished = createRoute({ getParentRoute: () => root, id: 'furnished', ...frames.furnished })

const at = (path: string, feature: string, name: string) =>
  createRoute({ getParentRoute: () => furnished, path, ...page(feature, name), ...anySearch })

const app = createRoute({ getParentRoute: () => furnished, path: '/app/$app', ...frames.shell, ...anySearch })

const settings = createRoute({ getParentRoute: () => furnished, path: '/settings', ...frames.workspace })

const workspace = createRoute({ getParentRoute: () => furnished, id: 'workspace', ...frames.workspace })

const inApp = (path: string, feature: string, name: string, ...words: string[]) =>
  createRoute({
    getParentRoute: () => app,
    path,
    ...page(feature, name, ...words.map((one) => () => need(one))),
    ...anySearch,
  })

const inSettings = (path: string, feature: string, name: string) =>
  createRoute({ getParentRoute: () => settings, path, ...page(feature, name, () => need('notices')) })

const tree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', ...page('workspace', 'landing'), ...anySearch }),
  furnished.addChildren([
    at('/signin', 'workspace', 'sign-in'),
    at('/signup', 'workspace', 'sign-up'),
    at('/invite/$token', 'workspace', 'invite'),
    createRoute({
      getParentRoute: () => furnished,
      path: '/p/$token',
      ...page('sharing', 'open', needFrame),
      ...anySearch,
    }),
    at('/reset/$token', 'workspace', 'reset'),
    createRoute({
      getParentRoute: () => furnished,
      path: '/fill/$app/$form',
      ...frames.filling,
      ...anySearch,
    }),
    workspace.addChildren([
      createRoute({ getParentRoute: () => workspace, path: '/apps', ...page('workspace', 'apps') }),
      createRoute({ getParentRoute: () => workspace, path: '/tasks/$box', ...page('tasks', 'tasks'), ...anySearch }),
    ]),
    settings.addChildren([inSettings('/', 'workspace', 'settings'), inSettings('/$tab', 'workspace', 'settings')]),
    app.addChildren([
      createRoute({ getParentRoute: () => app, path: '/', ...frames.appHome }),
      inApp('/form/$form', 'records', 'list'),
      inApp('/dashboard/$id', 'dashboard', 'view'),
      inApp('/tasks/$box', 'tasks', 'tasks'),
      inApp('/design/new', 'designer', 'new', 'sheet'),
      inApp('/design/form/$form', 'designer', 'form', 'filling', 'more', 'events'),
      inApp('/design/flow/$form', 'flow', 'flow'),
      inApp('/design/share/$form', 'sharing', 'links'),
      inApp('/design/dashboard/$id', 'dashboard', 'design'),
      inApp('/aggregates', 'dashboard', 'aggregates'),
      inApp('/design/aggregate/$id', 'dashboard', 'aggregate'),
      inApp('/versions', 'versions', 'versions'),
      inApp('/analysis', 'flow', 'analysis', 'proofs'),
    ]),
  ]),
])

export const router = createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true })
