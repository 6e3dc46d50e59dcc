export type Dropped = { files: File[]; url: string | undefined }

/** What was dropped: files, everything inside folders, or the address of a picture on another page. */
export async function filesOfDrop(transfer: DataTransfer): Promise<Dropped> {
  // The list is emptied as soon as the event is over: entries must be taken before any await.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile())
  const uri = transfer
    .getData('text/uri-list')
    .split(/\r?\n/)
    .find((line) => /^https?:/.test(line))
  const files = (await Promise.all(entries.map((entry) => filesOf(entry)))).flat()
  return { files, url: files.length === 0 ? uri : undefined }
}

async function filesOf(entry: FileSystemEntry | File | null): Promise<File[]> {
  if (entry === null) return []
  if (entry instanceof File) return [entry]
  if (entry.isDirectory) return filesOfFolder(entry as FileSystemDirectoryEntry)
  return [await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail))]
}

async function filesOfFolder(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader()
  const files: File[] = []
  // A reader hands out at most 100 entries per call and ends with an empty list.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((done, fail) =>
      reader.readEntries(done, fail),
    )
    if (entries.length === 0) break
    for (const entry of entries) files.push(...(await filesOf(entry)))
  }
  return files.filter(({ name, type }) => type.startsWith('image/') && !name.startsWith('.'))
}
