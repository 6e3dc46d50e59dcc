/**
 * The files that a batch does not have yet, told by their names. Files in different folders may share a
 * name; then all of them are sent, because one too many is better than one that is missing.
 */
export function withoutArrived(files: readonly File[], arrived: readonly string[]): File[] {
  const had = Map.groupBy(arrived, (name) => name)
  const given = Map.groupBy(files, storedName)
  return files.filter((file) => {
    const name = storedName(file)
    return (given.get(name)?.length ?? 0) > (had.get(name)?.length ?? 0)
  })
}

/** As the server keeps it: on some systems an accented letter of a file's name is two characters. */
const storedName = ({ name }: File) => name.normalize('NFC').trim()
