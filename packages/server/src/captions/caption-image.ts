import type { CaptionOptions, Style } from '@descry/contract'
import type { Captioner } from '../captioners/captioner.ts'
import { runCaptioner, type TimedOutput } from '../captioners/run-captioner.ts'
import { selectCaptioner } from '../captioners/select-captioner.ts'
import { findCaption } from '../db/captions.ts'
import type { CaptionRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { StoredImage } from '../images/find-blobs.ts'
import { recipeOf } from './recipe.ts'

/** A caption that exists already, or one that is made and waits to be stored. */
export type Draft = { style: Style; captioner: Captioner; recipe: string } & (
  | { kind: 'existing'; row: CaptionRow }
  | { kind: 'new'; output: TimedOutput; fresh: boolean }
)

type Wish = { organizationId: string; image: StoredImage; options: CaptionOptions }

/**
 * One draft for each style asked for, in that order. Nothing is written here, so that the caller
 * can store all of them in the transaction that also finishes its work.
 */
export async function captionImage(
  { db, captioners }: Pick<Deps, 'db' | 'captioners'>,
  { organizationId, image, options }: Wish,
  { signal, onDraft }: { signal: AbortSignal; onDraft?: (done: number) => Promise<void> },
): Promise<Draft[]> {
  const { styles, fresh } = options
  const captioner = selectCaptioner(captioners, { name: options.captioner, styles })
  const drafts: Draft[] = []
  for (const style of styles) {
    const recipe = recipeOf(captioner, style)
    const address = { organizationId, imageId: image.row.id, recipe }
    const row = fresh ? undefined : await findCaption(db, address)
    if (row) {
      drafts.push({ kind: 'existing', style, captioner, recipe, row })
    } else {
      const output = await runCaptioner(captioner, toInput(image, style), { signal })
      drafts.push({ kind: 'new', style, captioner, recipe, output, fresh })
    }
    await onDraft?.(drafts.length)
  }
  return drafts
}

const toInput = ({ row, file, thumbnail }: StoredImage, style: Style) => ({
  file,
  thumbnail,
  mediaType: row.media_type,
  width: row.width,
  height: row.height,
  style,
})
