import { z } from 'zod'
import { number } from './text.ts'

/** Query of a list: newest first, pages of `limit`, each continuing where `cursor` ended. */
export const PageQuery = z.object({
  cursor: z.uuid().optional().describe('`next` of the page before'),
  limit: number(z.number().int().min(1).max(100)).default(20),
})

/** A page of a list; `next` is null on the last one. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

export type Page<Item> = { items: Item[]; next: string | null }
