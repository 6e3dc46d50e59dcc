import { createRandom } from '../packages/ml/src/random.ts'

/** Made-up captions: a hypothesis and five references an image, 11 words on average, with punctuation. */
export function makeCaptions(count: number): { hypothesis: string; references: string[] }[] {
  const random = createRandom(7)
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? ''
  const thing = () => `${pick(articles)} ${pick(adjectives)} ${pick(nouns)}`
  const sentence = (subject: string, verb: string) =>
    `${subject} ${verb} ${pick(places)} ${thing()}${random() < 0.4 ? ` while ${thing()} ${pick(verbs)}` : ''}${pick(ends)}`
  return Array.from({ length: count }, () => {
    const subject = thing()
    const verb = pick(verbs)
    const vary = () =>
      sentence(random() < 0.6 ? subject : thing(), random() < 0.6 ? verb : pick(verbs))
    return { hypothesis: vary(), references: Array.from({ length: 5 }, vary) }
  })
}

const articles = ['A', 'The', 'One', 'Two', 'A small', 'Some', "A man's", 'Several', 'An old']
const adjectives =
  'black white brown red young old happy wet large tiny wooden striped shiny dirty green blue smiling tall long-haired yellow'.split(
    ' ',
  )
const nouns =
  'dog boy girl woman man child cat bicycle car horse ball bench tree crowd player skateboarder swimmer bird boat mountain dogs children people runner rider street house guitar hat jacket'.split(
    ' ',
  )
const verbs =
  'runs running jumps sits is walking stands plays looks climbs rides carries holds throws catches sleeps swims is jumping are playing leaps races watches'.split(
    ' ',
  )
const places =
  'on|in|near|beside|in front of|across|under|behind|through|over|next to|towards|around'.split('|')
const ends = ['.', ' .', '', '!', ', outside.', " in the city's park.", ' at 5:30 p.m.']
