import type { CaptionerInfo, CaptionOptions, Style } from '@descry/contract'

export type Settings = { captioner: string | undefined; styles: readonly Style[] }

const STORAGE_KEY = 'descry-caption-settings'

export function readSettings(storage: Pick<Storage, 'getItem'>): Settings {
  try {
    const { captioner, styles } = JSON.parse(storage.getItem(STORAGE_KEY) ?? '{}')
    return {
      captioner: typeof captioner === 'string' ? captioner : undefined,
      styles: Array.isArray(styles) ? styles : ['concise'],
    }
  } catch {
    return { captioner: undefined, styles: ['concise'] }
  }
}

export function writeSettings(storage: Pick<Storage, 'setItem'>, settings: Settings): void {
  storage.setItem(STORAGE_KEY, JSON.stringify(settings))
}

/**
 * What was chosen, as far as it is on offer today: a captioner that is gone gives way to the
 * default, styles it cannot write are left out, and there is always at least one.
 */
export function fitSettings(
  settings: Settings,
  captioners: readonly CaptionerInfo[],
): { captioner: CaptionerInfo | undefined; styles: Style[]; options: Partial<CaptionOptions> } {
  const captioner =
    captioners.find(({ name }) => name === settings.captioner) ??
    captioners.find(({ isDefault }) => isDefault) ??
    captioners[0]
  if (!captioner) return { captioner: undefined, styles: [], options: {} }
  const wanted = captioner.styles.filter((style) => settings.styles.includes(style))
  const styles = wanted.length > 0 ? wanted : captioner.styles.slice(0, 1)
  return { captioner, styles, options: { captioner: captioner.name, styles } }
}
