import { CaptionerSettings } from '@descry/contract'
import { expect, test } from 'vitest'
import { presets } from '../presets.ts'
import { labelsOf } from './field-labels.ts'
import { fieldsOf } from './form-fields.ts'

const kinds = CaptionerSettings.options.map(({ shape }) => shape.kind.value)

test.each(kinds)('every field of %s has words', (kind) => {
  expect(fieldsOf(kind).every((field) => labelsOf(field).label !== '')).toBe(true)
})

test('every kind of the contract can be set up', () => {
  expect([...new Set(presets.map(({ kind }) => kind))].sort()).toEqual([...kinds].sort())
})

test('a field knows its type, whether it is needed, and what stands in it', () => {
  const fields = fieldsOf('rekognition')
  const find = (path: string) => fields.find((field) => field.path === path)
  expect(find('region')).toMatchObject({ type: 'text', isNeeded: true, initial: '' })
  expect(find('leastConfidence')).toMatchObject({ type: 'number', isNeeded: false, initial: '0.7' })
  expect(find('limits.formats')).toMatchObject({ type: 'list', isNeeded: false })
  expect(find('models')).toBeUndefined()
})
