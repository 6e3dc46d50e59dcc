import { FormatError } from '../format-error.ts'
import { readText } from './read-text.ts'

export type CsvRow = { cells: string[]; line: number }

/**
 * Rows of a CSV file, as RFC 4180 has them: cells in quotes may hold delimiters, line ends and doubled
 * quotes. Empty lines are passed over; a quote inside a cell that does not start with one is text.
 */
export async function* readCsv(path: string, delimiter = ','): AsyncGenerator<CsvRow> {
  const parser = createCsvParser(delimiter)
  for await (const text of readText(path)) yield* parser.read(text)
  const openQuote = parser.openQuote()
  if (openQuote !== undefined) {
    const message = `${path}: the quote that opens in line ${openQuote} is never closed.`
    throw new FormatError('wrong-shape', path, message)
  }
  yield* parser.read('\n')
}

/** Takes the file in pieces of any size. */
export function createCsvParser(delimiter = ',') {
  let state: 'start' | 'plain' | 'quoted' | 'quote' = 'start' // of a cell; `quote`: one inside quotes
  let cell = ''
  let cells: string[] = []
  let line = 1 // where the reading is
  let rowLine = 1 // where the row began
  let quoteLine = 1

  function endCell(): void {
    cells.push(state === 'plain' ? cell.replace(/\r$/, '') : cell)
    cell = ''
    state = 'start'
  }

  function take(character: string): CsvRow | undefined {
    if (character === '\n') line++
    if (state === 'quoted') {
      if (character === '"') state = 'quote'
      else cell += character
    } else if (state === 'start' && character === '"') {
      state = 'quoted'
      quoteLine = line
    } else if (state === 'quote' && character === '"') {
      state = 'quoted'
      cell += character
    } else if (character === delimiter) {
      endCell()
    } else if (character === '\n') {
      return endRow()
    } else if (state !== 'quote' || character !== '\r') {
      state = 'plain'
      cell += character
    }
    return undefined
  }

  function endRow(): CsvRow | undefined {
    endCell()
    const row = { cells, line: rowLine }
    cells = []
    rowLine = line
    return row.cells.length === 1 && row.cells[0] === '' ? undefined : row
  }

  return {
    *read(text: string): Generator<CsvRow> {
      for (const character of text) {
        const row = take(character)
        if (row) yield row
      }
    },
    openQuote: (): number | undefined => (state === 'quoted' ? quoteLine : undefined),
  }
}
