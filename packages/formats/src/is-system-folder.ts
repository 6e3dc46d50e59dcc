/**
 * Folders that systems keep beside people's files: thumbnails, deleted files and older versions of
 * them. What lies in them is passed over, unless it is named by hand.
 */
export const isSystemFolder = (name: string): boolean => systemFolders.has(name.toLowerCase())

const systemFolders: ReadonlySet<string> = new Set([
  // Synology, QNAP and NetApp
  '@eadir',
  '#recycle',
  '#snapshot',
  '@tmp',
  '@sharebin',
  '@recycle',
  '@recently-snapshot',
  '~snapshot',
  // Windows
  '$recycle.bin',
  'recycler',
  'system volume information',
  'found.000',
  'thumbs',
  // macOS, in archives, and Linux
  '__macosx',
  'lost+found',
])
