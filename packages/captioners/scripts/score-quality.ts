import { readFileSync } from 'node:fs'
import {
  type LabelledReply,
  type Ratio,
  scoreReplies,
  share,
} from '../src/quality/score-replies.ts'

/**
 * Prints how well the quality gate agrees with the corpus: totals only, so that the held-out part can
 * be scored without being read. Exits 1 when the gate is not good enough on it. `--known` leaves the
 * held-out part alone.
 */
const parts = process.argv.includes('--known') ? ['known'] : ['known', 'held-out']
for (const part of parts) {
  const score = scoreReplies(readReplies(part))
  print(part, score)
  if (part === 'held-out' && !isGoodEnough(score)) process.exitCode = 1
}

type Score = ReturnType<typeof scoreReplies>

function readReplies(part: string): LabelledReply[] {
  const file = new URL(`../test/corpus/replies-${part}.jsonl`, import.meta.url)
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

function print(part: string, { count, notAsItIs, bad, exactRepairs, byKind }: Score) {
  console.log(`\n${part}: ${count} replies`)
  console.log(
    `  not as it is: precision ${show(notAsItIs.precision)}, recall ${show(notAsItIs.recall)}`,
  )
  console.log(`  bad:          precision ${show(bad.precision)}, recall ${show(bad.recall)}`)
  console.log(`  repairs with the exact text: ${show(exactRepairs)}`)
  for (const { name, verdict, rule } of byKind) {
    const byRule = name.startsWith('bad') ? `, by its own rule ${show(rule)}` : ''
    console.log(`  ${name.padEnd(20)} ${show(verdict)}${byRule}`)
  }
}

function isGoodEnough({ notAsItIs, bad }: Score) {
  const ratios = [notAsItIs.precision, notAsItIs.recall, bad.precision, bad.recall]
  return ratios.every((ratio) => share(ratio) >= 0.95)
}

function show(ratio: Ratio): string {
  return `${share(ratio).toFixed(3)} (${ratio.hits}/${ratio.of})`
}
