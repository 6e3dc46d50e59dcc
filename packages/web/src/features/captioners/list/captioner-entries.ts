import type { CaptionerInfo, ConfiguredCaptioner, Style } from '@descry/contract'
import { hostOf, kindLabels, originOf } from '../kinds.ts'
import { presetOf } from '../presets.ts'

/** A captioner as the list shows it, wherever it comes from. */
export type CaptionerEntry = {
  name: string
  title: string
  host: string | null
  styles: readonly Style[]
  /** The privacy rules do not allow sending images to it. */
  isForbidden: boolean
} & Source

/** Only what was set up on the page can be changed there; of the others it is said where they come from. */
type Source =
  | { configured: ConfiguredCaptioner; origin?: never }
  | { configured?: never; origin: string }

/** First the captioners that were set up here, enabled or not, then those that come with the server. */
export function captionerEntries(
  captioners: readonly CaptionerInfo[],
  configured: readonly ConfiguredCaptioner[],
): CaptionerEntry[] {
  const isConfigured = ({ name }: CaptionerInfo) =>
    configured.some(({ settings }) => settings.name === name)
  return [
    ...configured.map((each) =>
      toConfiguredEntry(
        each,
        captioners.find(({ name }) => name === each.settings.name),
      ),
    ),
    ...captioners.filter((info) => !isConfigured(info)).map(toServerEntry),
  ]
}

/** The server lists a captioner only while it is enabled. */
function toConfiguredEntry(
  configured: ConfiguredCaptioner,
  info: CaptionerInfo | undefined,
): CaptionerEntry {
  const { settings } = configured
  return {
    name: settings.name,
    title: presetOf(settings).title,
    host: info ? info.sendsPixelsTo : hostOf(settings),
    styles: info?.styles ?? [],
    isForbidden: info?.mayBeAsked === false,
    configured,
  }
}

const toServerEntry = (info: CaptionerInfo): CaptionerEntry => ({
  name: info.name,
  title: kindLabels[info.kind],
  host: info.sendsPixelsTo,
  styles: info.styles,
  isForbidden: info.mayBeAsked === false,
  origin: originOf(info),
})
