import type { ErrorCode, JobStatus, Label, Style, Trace, Usage } from '@descry/contract'
import type { ColumnType, Generated, Insertable, Selectable } from 'kysely'

/** The database as the code sees it. `migrations/` makes it true; `test/start.test.ts` checks that it is. */
export type Tables = {
  organizations: OrganizationsTable
  images: ImagesTable
  image_names: ImageNamesTable
  captions: CaptionsTable
  current_captions: CurrentCaptionsTable
  jobs: JobsTable
  workers: WorkersTable
  event_outbox: EventsTable
  events: EventsTable
  captioner_windows: CaptionerWindowsTable
  captioner_leases: CaptionerLeasesTable
  job_costs: JobCostsTable
  captioner_settings: CaptionerSettingsTable
  captioning_rules: CaptioningRulesTable
  prompts: PromptsTable
  sent_images: SentImagesTable
}

type OrganizationsTable = {
  id: string
  name: string
  created_at: Generated<Date>
}

type ImagesTable = {
  organization_id: string
  id: string
  width: number
  height: number
  media_type: string
  bytes: number
  /** Of the kept file, as hexadecimal digits; the id is that of the pixels. */
  sha256: string
  thumbnail_bytes: number
  thumbnail_sha256: string
  created_at: Generated<Date>
}

type ImageNamesTable = {
  organization_id: string
  image_id: string
  name: string
  uploaded_at: Generated<Date>
}

type CaptionsTable = {
  organization_id: string
  id: string
  image_id: string
  job_id: string | null
  text: string
  style: Style
  /** Null: a person wrote it. */
  captioner: string | null
  model_version: string | null
  recipe: string
  settings: Json<Record<string, unknown>>
  confidence: number | null
  labels: Json<Label[]>
  ms: number | null
  usage: Json<Usage> | null
  trace: Json<Trace> | null
  author: Generated<'model' | 'person'>
  supersedes: string | null
  created_at: Generated<Date>
}

type CurrentCaptionsTable = {
  organization_id: string
  image_id: string
  recipe: string
  caption_id: string
}

type JobsTable = {
  organization_id: string
  id: string
  kind: string
  actor: string
  status: Generated<JobStatus>
  priority: number
  progress_done: Generated<number>
  progress_total: Generated<number>
  progress_failed: Generated<number>
  attempts: Generated<number>
  interruptions: Generated<number>
  error_code: ErrorCode | null
  error_message: string | null
  name: string | null
  input: Json<unknown>
  result: Json<unknown> | null
  parent_id: string | null
  position: Generated<number>
  items: Generated<number>
  run_after: Date | null
  put_offs: Generated<number>
  patience_seconds: Generated<number>
  /** Of the attempt that failed last. */
  trace: Json<Trace> | null
  idempotency_key: string | null
  delivery_id: string
  worker_id: string | null
  created_at: Generated<Date>
  started_at: Date | null
  finished_at: Date | null
}

type WorkersTable = {
  id: string
  host: string
  pid: number
  running: Generated<number>
  started_at: Generated<Date>
  seen_at: Generated<Date>
}

type EventsTable = {
  id: Generated<string>
  organization_id: string
  actor: string
  type: string
  data: Json<unknown>
  created_at: Generated<Date>
}

/** `cost`, here and below: US dollars, as the text of an exact number. */
type CaptionerWindowsTable = {
  organization_id: string
  window_kind: 'minute' | 'day' | 'month'
  window_start: Date
  captioner: string
  requests: Generated<number>
  cost: Generated<string>
}

type CaptionerLeasesTable = {
  id: string
  organization_id: string
  captioner: string
  job_id: string | null
  granted: boolean
  reserved: Generated<string>
  created_at: Date
  expires_at: Date
}

type JobCostsTable = {
  organization_id: string
  job_id: string
  cost: Generated<string>
  updated_at: Generated<Date>
}

type CaptionerSettingsTable = {
  organization_id: string
  name: string
  settings: Json<unknown>
  sealed_key: Buffer | null
  key_hint: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

type CaptioningRulesTable = {
  organization_id: string
  chain: Json<unknown> | null
  privacy: Json<unknown> | null
  budgets: Json<unknown> | null
  updated_at: Generated<Date>
}

type PromptsTable = {
  organization_id: string
  name: string
  style: Style
  template: string
  updated_at: Generated<Date>
}

type SentImagesTable = {
  organization_id: string
  id: string
  image_id: string
  captioner: string
  host: string
  sent_at: Generated<Date>
}

/** Read as a value, written as its JSON text: an array would otherwise become a Postgres array. */
type Json<Value> = ColumnType<Value, string, string>

export type ImageRow = Selectable<ImagesTable>
export type NewImage = Insertable<ImagesTable>
export type CaptionRow = Selectable<CaptionsTable>
export type JobRow = Selectable<JobsTable>
export type WorkerRow = Selectable<WorkersTable>
export type EventRow = Selectable<EventsTable>
export type CaptionerSettingsRow = Selectable<CaptionerSettingsTable>
export type CaptioningRulesRow = Selectable<CaptioningRulesTable>
export type PromptRow = Selectable<PromptsTable>
export type SentImageRow = Selectable<SentImagesTable>

/** The one organization of local mode. */
export const LOCAL_ORGANIZATION = '00000000-0000-7000-8000-000000000001'
