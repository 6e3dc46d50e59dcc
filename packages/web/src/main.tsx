import './configure-zod.ts'
import { createClient, type MissingStyle } from '@descry/contract'
import { notifyManager, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { CaptionSessionContext } from './features/captions/caption-session.ts'
import { createRequest } from './features/captions/single/create-request.ts'
import { createUploads } from './features/jobs/batch/create-uploads.ts'
import { UploadsContext } from './features/jobs/batch/uploads-context.ts'
import { warnBeforeLeaving } from './features/jobs/batch/warn-before-leaving.ts'
import { createJobEventHandler } from './features/jobs/requests/apply-job-events.ts'
import { applySentJob } from './features/jobs/requests/apply-sent-job.ts'
import { createCaptionerEventHandler } from './lib/captioners/apply-captioner-events.ts'
import { createCaptionEventHandler } from './lib/captions/apply-caption-events.ts'
import { applyEvents } from './lib/server/apply-events.ts'
import { createOutageWatch } from './lib/server/create-outage-watch.ts'
import { createLiveEvents } from './lib/server/live-events.ts'
import { type Notice, type Services, ServicesContext } from './lib/services/services.ts'
import { createShortcuts } from './lib/shortcuts.ts'
import { createStore } from './lib/store.ts'
import { createAppRouter } from './routes/router.tsx'
import './styles.css'

const { outage, watchedFetch } = createOutageWatch()
const client = createClient({ fetch: watchedFetch })
// Optimistic changes are drawn before the next frame; otherwise a switch would jump back and forth.
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
  outage,
  shortcuts: createShortcuts(),
  announcement: createStore(''),
  notice: createStore<Notice | undefined>(undefined),
}
const captionSession = {
  request: createRequest({ client }),
  reused: new Map<string, boolean>(),
  missing: new Map<string, readonly MissingStyle[]>(),
}
const uploads = createUploads({ client, onSent: (job) => applySentJob(queryClient, job) })
warnBeforeLeaving(uploads.state)
applyEvents(live, queryClient, [
  createCaptionEventHandler(queryClient),
  createJobEventHandler(queryClient),
  createCaptionerEventHandler(queryClient),
])
live.start()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <ServicesContext value={services}>
        <CaptionSessionContext value={captionSession}>
          <UploadsContext value={uploads}>
            <RouterProvider router={createAppRouter()} />
          </UploadsContext>
        </CaptionSessionContext>
      </ServicesContext>
    </QueryClientProvider>
  </StrictMode>,
)
