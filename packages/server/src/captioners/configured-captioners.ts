import type { Captioner, StoredCaptioner } from '@descry/captioners'
import { CaptionerSettings, type CaptionerSetup, type ConfiguredCaptioner } from '@descry/contract'
import type { Caller } from '../access/caller.ts'
import {
  deleteCaptionerSettings,
  findCaptionerSettings,
  listCaptionerSettings,
  type StoredKey,
  saveCaptionerSettings,
} from '../db/captioner-settings.ts'
import type { CaptionerSettingsRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { AppError, notFound } from '../errors.ts'

type SettingsDeps = Pick<Deps, 'db' | 'captioners' | 'secrets'>

/** For the registry: what is stored, with the way to its keys. */
export async function loadCaptioners(
  { db, secrets }: Pick<Deps, 'db' | 'secrets'>,
  organizationId: string,
): Promise<StoredCaptioner[]> {
  const rows = await listCaptionerSettings(db, organizationId)
  return rows.map((row) => ({
    name: row.name,
    settings: CaptionerSettings.safeParse(row.settings).data,
    key: row.sealed_key === null ? undefined : () => openKey({ secrets }, row),
    updatedAt: row.updated_at,
  }))
}

export async function listConfigured(
  { organizationId }: Caller,
  { db, captioners }: SettingsDeps,
): Promise<ConfiguredCaptioner[]> {
  const rows = await listCaptionerSettings(db, organizationId)
  const { problems } = await captioners.of(organizationId)
  // Those that another version wrote are left out: they can be removed, or set up again.
  const known = rows.filter(({ settings }) => CaptionerSettings.safeParse(settings).success)
  return known.map((row) => toConfigured(row, problems))
}

/** Creates or replaces; the key is sealed before it is stored. */
export async function saveConfigured(
  { organizationId }: Caller,
  deps: SettingsDeps,
  { settings: given, key }: CaptionerSetup,
): Promise<ConfiguredCaptioner> {
  const settings = CaptionerSettings.parse(given)
  await refuseTaken(deps, organizationId, settings.name)
  if (key === undefined) await requireSameAddress(deps, organizationId, settings)
  const stored = key ? await toStored(deps, organizationId, { name: settings.name, key }) : null
  const row = await saveCaptionerSettings(deps.db, organizationId, {
    settings,
    key: key === undefined ? undefined : stored,
  })
  deps.captioners.forget(organizationId)
  const { problems } = await deps.captioners.of(organizationId)
  return toConfigured(row, problems)
}

export async function removeConfigured(
  { organizationId }: Caller,
  { db, captioners }: SettingsDeps,
  name: string,
): Promise<void> {
  if (!(await deleteCaptionerSettings(db, organizationId, name))) throw notFound('captioner', name)
  captioners.forget(organizationId)
}

/** The key to try a captioner with that is not saved yet: the given one, or the stored one. */
export async function keyFor(
  { organizationId }: Caller,
  { db, secrets }: SettingsDeps,
  { settings, key }: CaptionerSetup,
): Promise<string | undefined> {
  if (key !== undefined) return key ?? undefined
  const row = await findCaptionerSettings(db, organizationId, settings.name)
  if (!row?.sealed_key) return undefined
  requireSame(row, CaptionerSettings.parse(settings))
  return openKey({ secrets }, row)
}

/** A stored key goes only where it was meant to go: another address has to be given it anew. */
async function requireSameAddress(
  { db }: SettingsDeps,
  organizationId: string,
  settings: CaptionerSettings,
): Promise<void> {
  const row = await findCaptionerSettings(db, organizationId, settings.name)
  if (row?.sealed_key) requireSame(row, settings)
}

function requireSame(row: CaptionerSettingsRow, settings: CaptionerSettings): void {
  const before = CaptionerSettings.safeParse(row.settings).data
  if (before && addressOf(before) === addressOf(settings)) return
  throw new AppError(
    'invalid-input',
    `${settings.name} would send its key to another address than before. Enter the key again.`,
  )
}

const addressOf = (settings: CaptionerSettings): string =>
  JSON.stringify([
    settings.kind,
    'baseUrl' in settings ? settings.baseUrl : undefined,
    'endpointUrl' in settings ? settings.endpointUrl : undefined,
    'region' in settings ? settings.region : undefined,
    'provider' in settings ? settings.provider : undefined,
  ])

/** Names of captioners that are there for everyone are not given twice. */
async function refuseTaken({ captioners, db }: SettingsDeps, organizationId: string, name: string) {
  const { captioners: known } = await captioners.of(organizationId)
  const isOurs = (await findCaptionerSettings(db, organizationId, name)) !== undefined
  if (isOurs || !known.some((captioner: Captioner) => captioner.name === name)) return
  throw new AppError('conflict', `There is a captioner called ${name} already. Give another name.`)
}

const purposeOf = (organizationId: string, name: string) => `${organizationId}/${name}`

async function toStored(
  { secrets }: Pick<Deps, 'secrets'>,
  organizationId: string,
  { name, key }: { name: string; key: string },
): Promise<StoredKey> {
  const sealed = (await secrets()).seal(key, purposeOf(organizationId, name))
  return { sealed, hint: hintOf(key) }
}

/** Its last four characters; less of a short one, which would be told in whole. */
const hintOf = (key: string) => key.slice(key.length - Math.min(4, Math.floor(key.length / 4)))

async function openKey(
  { secrets }: Pick<Deps, 'secrets'>,
  { organization_id, name, sealed_key }: CaptionerSettingsRow,
): Promise<string> {
  return (await secrets()).open(sealed_key ?? Buffer.alloc(0), purposeOf(organization_id, name))
}

const toConfigured = (
  { settings, key_hint, name, updated_at }: CaptionerSettingsRow,
  problems: ReadonlyMap<string, string>,
): ConfiguredCaptioner => ({
  settings: CaptionerSettings.parse(settings),
  keyHint: key_hint,
  problem: problems.get(name) ?? null,
  updatedAt: updated_at.toISOString(),
})
