export type DroppedContent = {
  files: File[]
  /** The name of the folder, if a single one was dropped. */
  folder: string | undefined
  url: string | undefined
}

/** What was dropped: files, all images in folders, or the address of an image on another page. */
export async function readDroppedFiles(transfer: DataTransfer): Promise<DroppedContent> {
  // The browser empties the list when the event ends, so entries are read before any await.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile())
  const uri = transfer
    .getData('text/uri-list')
    .split(/\r?\n/)
    .find((line) => /^https?:/.test(line))
  const files = (await Promise.all(entries.map((entry) => readEntry(entry)))).flat()
  const [first, ...others] = entries
  const folder =
    first && !(first instanceof File) && first.isDirectory && others.length === 0
      ? first.name
      : undefined
  return { files, folder, url: files.length === 0 ? uri : undefined }
}

async function readEntry(entry: FileSystemEntry | File | null): Promise<File[]> {
  if (entry === null) return []
  if (entry instanceof File) return [entry]
  if (entry.isDirectory) return readFolder(entry as FileSystemDirectoryEntry)
  return [await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail))]
}

async function readFolder(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader()
  const files: File[] = []
  // A reader returns at most 100 entries per call, and finally an empty list.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((done, fail) =>
      reader.readEntries(done, fail),
    )
    if (entries.length === 0) break
    for (const entry of entries) files.push(...(await readEntry(entry)))
  }
  return files.filter(({ name, type }) => type.startsWith('image/') && !name.startsWith('.'))
}
