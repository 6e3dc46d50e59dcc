/** What an inflected word ends in, and what its base form has instead. */
export type Endings = readonly (readonly [ending: string, instead: string])[]

/** WordNet's rules of detachment, in the order of its manual page `morphy`. */
export const NOUN_ENDINGS: Endings = [
  ['s', ''],
  ['ses', 's'],
  ['xes', 'x'],
  ['zes', 'z'],
  ['ches', 'ch'],
  ['shes', 'sh'],
  ['men', 'man'],
  ['ies', 'y'],
]

export const VERB_ENDINGS: Endings = [
  ['s', ''],
  ['ies', 'y'],
  ['es', 'e'],
  ['es', ''],
  ['ed', 'e'],
  ['ed', ''],
  ['ing', 'e'],
  ['ing', ''],
]

export const ADJECTIVE_ENDINGS: Endings = [
  ['er', ''],
  ['est', ''],
  ['er', 'e'],
  ['est', 'e'],
]
