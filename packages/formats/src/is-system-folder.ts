/**
 * Folders that systems keep beside people's files: thumbnails, deleted files and older versions of
 * them. What lies in them is passed over, unless it is named by hand.
 */
export const isSystemFolder = (name: string): boolean => systemFolders.has(name.toLowerCase())

const systemFolders: ReadonlySet<string> = new Set([
  ...['@eadir', '#recycle', '#snapshot', '@tmp', '@sharebin'], // Synology
  ...['@recycle', '@recently-snapshot'], // QNAP
  '~snapshot', // NetApp
  ...['$recycle.bin', 'recycler', 'system volume information', 'found.000', 'thumbs'], // Windows
  '__macosx', // added to archives by macOS
  'lost+found', // of ext file systems
])
