import type { Page } from '@descry/contract'
import type { InfiniteData } from '@tanstack/react-query'

export type Pages<Item> = InfiniteData<Page<Item>, string | undefined>

type Identified = { id: string }

/**
 * Puts an item into loaded pages, which are sorted newest first: replaces it if it is there, otherwise
 * inserts it by its id (UUIDv7, which sorts by time). An item older than everything loaded is left out,
 * because it will be loaded with its own page.
 */
export function putIntoPages<Item extends Identified>(pages: Pages<Item>, item: Item): Pages<Item> {
  if (pages.pages.some(({ items }) => items.some(({ id }) => id === item.id))) {
    return mapItems(pages, (items) => items.map((old) => (old.id === item.id ? item : old)))
  }
  const target = pages.pages.findIndex(
    ({ items, next }) => next === null || items.some(({ id }) => id < item.id),
  )
  return mapItems(pages, (items, index) => {
    if (index !== target) return items
    const at = items.findIndex(({ id }) => id < item.id)
    return at < 0 ? [...items, item] : items.toSpliced(at, 0, item)
  })
}

export function dropFromPages<Item extends Identified>(
  pages: Pages<Item>,
  id: string,
): Pages<Item> {
  if (!pages.pages.some(({ items }) => items.some((item) => item.id === id))) return pages
  return mapItems(pages, (items) => items.filter((item) => item.id !== id))
}

function mapItems<Item>(
  pages: Pages<Item>,
  change: (items: Item[], index: number) => Item[],
): Pages<Item> {
  return {
    ...pages,
    pages: pages.pages.map((page, index) => ({ ...page, items: change(page.items, index) })),
  }
}
