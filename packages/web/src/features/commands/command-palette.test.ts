import { expect, test } from 'vitest'
import { findCommands } from './command-palette.tsx'

const commands = ['Go to History', 'Go to Jobs', 'History of jobs'].map((label) => ({
  label,
  run: () => {},
}))
const found = (text: string) => findCommands(commands, text).map(({ label }) => label)

test('every word must be there, in any order', () => {
  expect(found('jobs go')).toEqual(['Go to Jobs'])
})

test('what starts with the text comes first', () => {
  expect(found('hist')).toEqual(['History of jobs', 'Go to History'])
})

test('no text finds everything in its order', () => {
  expect(found(' ')).toHaveLength(3)
})
