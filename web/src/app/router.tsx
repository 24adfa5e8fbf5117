/** Which address shows which page 路由. */
import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import { Crashed } from './crashed'
import { NotFound } from './not-found'
import { page } from './pages'
import { Shell } from './shell'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Crashed })

/** Search parameters are the page's own business; nothing is thrown away. */
const anySearch = { validateSearch: (search: Record<string, unknown>) => search }

const at = (path: string, feature: string, name: string) =>
  createRoute({ getParentRoute: () => root, path, component: page(feature, name), ...anySearch })

const app = createRoute({ getParentRoute: () => root, path: '/app/$app', component: Shell, ...anySearch })

const inApp = (path: string, feature: string, name: string) =>
  createRoute({ getParentRoute: () => app, path, component: page(feature, name), ...anySearch })

const tree = root.addChildren([
  at('/', 'workspace', 'landing'),
  at('/signin', 'workspace', 'sign-in'),
  at('/signup', 'workspace', 'sign-up'),
  at('/invite/$token', 'workspace', 'invite'),
  at('/settings/$tab', 'workspace', 'settings'),
  at('/settings', 'workspace', 'settings'),
  app.addChildren([
    inApp('/', 'workspace', 'app-home'),
    inApp('/form/$form', 'records', 'list'),
    inApp('/dashboard/$id', 'dashboard', 'view'),
    inApp('/tasks/$box', 'tasks', 'tasks'),
    inApp('/design/form/$form', 'designer', 'form'),
    inApp('/design/flow/$form', 'flow', 'flow'),
    inApp('/design/dashboard/$id', 'dashboard', 'design'),
    inApp('/versions', 'designer', 'versions'),
  ]),
])

export const router = createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true })
