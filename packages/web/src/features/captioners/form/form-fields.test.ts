import { CaptionerSettings } from '@descry/contract'
import { expect, test } from 'vitest'
import { presets } from '../presets.ts'
import { labelsOf } from './field-labels.ts'
import { fieldsOf } from './form-fields.ts'

const kinds = CaptionerSettings.options.map(({ shape }) => shape.kind.value)

test.each(kinds)('every field of %s has a label', (kind) => {
  expect(fieldsOf(kind).every((field) => labelsOf(field).label !== '')).toBe(true)
})

test('every kind of the contract has a preset', () => {
  expect([...new Set(presets.map(({ kind }) => kind))].sort()).toEqual([...kinds].sort())
})

test('a field knows its type, whether it is required, and its default value', () => {
  const fields = fieldsOf('rekognition')
  const find = (path: string) => fields.find((field) => field.path === path)
  expect(find('region')).toMatchObject({ type: 'text', isRequired: true, initial: '' })
  expect(find('leastConfidence')).toMatchObject({
    type: 'number',
    isRequired: false,
    initial: '0.7',
  })
  expect(find('limits.formats')).toMatchObject({ type: 'list', isRequired: false })
  expect(find('models')).toBeUndefined()
})
