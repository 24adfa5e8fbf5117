/** Which address shows which page 路由. */
import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { AppHome } from './app-home'
import { Crashed } from './crashed'
import { NotFound } from './not-found'
import { page } from './pages'
import { Page, Shell, WorkspaceShell } from './shell'

const root = createRootRoute({ component: Page, notFoundComponent: NotFound, errorComponent: Crashed })

/** Search parameters are the page's own business; nothing is thrown away. */
const anySearch = { validateSearch: (search: Record<string, unknown>) => search }

const at = (path: string, feature: string, name: string) =>
  createRoute({ getParentRoute: () => root, path, component: page(feature, name), ...anySearch })

const app = createRoute({ getParentRoute: () => root, path: '/app/$app', component: Shell, ...anySearch })

const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: WorkspaceShell })

const inApp = (path: string, feature: string, name: string) =>
  createRoute({ getParentRoute: () => app, path, component: page(feature, name), ...anySearch })

const tree = root.addChildren([
  at('/', 'workspace', 'landing'),
  at('/signin', 'workspace', 'sign-in'),
  at('/signup', 'workspace', 'sign-up'),
  at('/invite/$token', 'workspace', 'invite'),
  settings.addChildren([
    createRoute({ getParentRoute: () => settings, path: '/', component: page('workspace', 'settings') }),
    createRoute({ getParentRoute: () => settings, path: '/$tab', component: page('workspace', 'settings') }),
  ]),
  app.addChildren([
    createRoute({ getParentRoute: () => app, path: '/', component: AppHome }),
    inApp('/form/$form', 'records', 'list'),
    inApp('/dashboard/$id', 'dashboard', 'view'),
    inApp('/tasks/$box', 'tasks', 'tasks'),
    inApp('/design/new', 'designer', 'new'),
    inApp('/design/form/$form', 'designer', 'form'),
    inApp('/design/flow/$form', 'flow', 'flow'),
    inApp('/design/dashboard/$id', 'dashboard', 'design'),
    inApp('/versions', 'versions', 'versions'),
  ]),
])

export const router = createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true })
