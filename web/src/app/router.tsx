/** Which address shows which page 路由. */
import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { lazy } from 'react'
import { Crashed } from './crashed'
import { NotFound } from './not-found'
import { Page } from './page'
import { page } from './pages'

const root = createRootRoute({ component: Page, notFoundComponent: NotFound, errorComponent: Crashed })

/** The frames bring fields and antd's larger parts; the landing page must not wait for them. */
const Shell = lazy(() => import('./shell'))
const WorkspaceShell = lazy(() => import('./workspace-shell'))
const AppHome = lazy(() => import('./app-home'))

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
