import './lib/configure-zod.ts'
import { createClient } from '@descry/contract'
import { notifyManager, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { CaptioningContext } from './features/captioning/captioning-context.ts'
import { createBatch } from './features/captioning/create-batch.ts'
import { createRequest } from './features/captioning/create-request.ts'
import { applyEvents } from './lib/apply-events.ts'
import { createStore } from './lib/create-store.ts'
import { createTroubleWatch } from './lib/create-trouble-watch.ts'
import { createLiveEvents } from './lib/live-events.ts'
import type { Notice } from './lib/notice.ts'
import { type Services, ServicesContext } from './lib/services.ts'
import { createShortcuts } from './lib/shortcuts.ts'
import { createAppRouter } from './routes/router.tsx'
import './styles.css'

const { trouble, watchedFetch } = createTroubleWatch()
const client = createClient({ fetch: watchedFetch })
// What is changed at once is drawn before the next frame: a switch would otherwise jump back and forth.
notifyManager.setScheduler(queueMicrotask)
const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})
const live = createLiveEvents({ url: '/api/events' })
const services: Services = {
  client,
  queryClient,
  live,
  trouble,
  shortcuts: createShortcuts(),
  announcement: createStore(''),
  notice: createStore<Notice | undefined>(undefined),
}
const captioning = {
  batch: createBatch({ client, live }),
  request: createRequest({ client }),
  reused: new Map<string, boolean>(),
}
applyEvents(live, queryClient)
live.start()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <ServicesContext value={services}>
        <CaptioningContext value={captioning}>
          <RouterProvider router={createAppRouter()} />
        </CaptioningContext>
      </ServicesContext>
    </QueryClientProvider>
  </StrictMode>,
)
