/** Something that was left out, or is worth knowing: which file, and why. */
export type DatasetFinding = { what: string; reason: DatasetFindingReason; detail?: string }

/**
 * - `image-not-found`, `image-name-ambiguous`: no file, or several, of the name the dataset gives
 * - `image-name-unsafe`: a name that leads outside the folder
 * - `image-without-captions`: an image that no caption names, or whose captions are all unusable
 * - `caption-empty`, `caption-invalid`: a caption of white space; with NUL or half a character in it
 * - `duplicate-entry`: the same image, or the same annotation, once more; the first one counts
 * - `entry-unreadable`: a line, row or record without what it needs
 * - `folder-unreadable`: the system refused to list it
 * - `text-not-read`: a file with captions that another goes before, or that belongs to no image
 * - `caption-is-a-list`: a caption that looks like a list that a program printed
 * - `captions-without-spaces`: texts whose words nothing separates; each counts as one word
 * - `split-unknown`: a word for a split that we do not know; the image is unused
 */
type DatasetFindingReason =
  | 'image-not-found'
  | 'image-name-ambiguous'
  | 'image-name-unsafe'
  | 'image-without-captions'
  | 'caption-empty'
  | 'caption-invalid'
  | 'duplicate-entry'
  | 'entry-unreadable'
  | 'folder-unreadable'
  | 'text-not-read'
  | 'caption-is-a-list'
  | 'captions-without-spaces'
  | 'split-unknown'
