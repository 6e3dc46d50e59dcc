import { JobStatus } from '@descry/contract'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { CaptionPage } from './caption-page.tsx'
import { HistoryPage } from './history-page.tsx'
import { JobsPage } from './jobs-page.tsx'
import { RootLayout } from './layout/root-layout.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { ReferencePage } from './reference-page.tsx'
import { parseSettingsSearch } from './settings/sections.ts'

const rootRoute = createRootRoute({ component: RootLayout, notFoundComponent: NotFoundPage })

const captionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: CaptionPage,
  validateSearch: ({ image, batch, show }: Record<string, unknown>): CaptionSearch => ({
    ...(isGiven(image) && { image }),
    ...(isGiven(batch) && { batch }),
    ...(show === 'failed' && { show }),
  }),
})

/** What is open: an image, or a batch with all of its images or the failed ones. */
type CaptionSearch = { image?: string; batch?: string; show?: 'failed' }

const isGiven = (value: unknown): value is string => typeof value === 'string' && value !== ''

const historyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/history',
  component: HistoryPage,
  validateSearch: ({ search }: Record<string, unknown>): { search?: string } =>
    typeof search === 'string' && search.trim() !== '' ? { search } : {},
})

const jobsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/jobs',
  component: JobsPage,
  validateSearch: ({ status }: Record<string, unknown>): { status?: JobStatus } => {
    const parsed = JobStatus.safeParse(status)
    return parsed.success ? { status: parsed.data } : {}
  },
})

const referenceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reference',
  component: ReferencePage,
})

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  // Most visits do not need its forms and tables, so they are loaded on demand.
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
  validateSearch: parseSettingsSearch,
})

/** All pages. Search parameters stay plain text: as JSON, the router would turn `2024` into a number. */
export function createAppRouter() {
  return createRouter({
    routeTree: rootRoute.addChildren([
      captionRoute,
      historyRoute,
      jobsRoute,
      settingsRoute,
      referenceRoute,
    ]),
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const given = Object.entries(search).filter(([, value]) => value !== undefined)
      const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
      return given.length > 0 ? `?${text}` : ''
    },
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
