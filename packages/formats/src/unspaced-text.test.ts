import { expect, test } from 'vitest'
import { isUnspaced, segmentWords } from './unspaced-text.ts'

test.each([
  ['Chinese', '一只黑色的狗在草地上奔跑'],
  ['a short one', '一只黑色的狗'],
  ['Japanese', '犬が草の上を走っています'],
  ['Japanese in Katakana', 'スケートボードに乗る男性'],
  ['Thai', 'สุนัขสีดำกำลังวิ่งบนสนามหญ้า'],
  ['Lao', 'ໝາສີດຳກຳລັງແລ່ນຢູ່ເທິງຫຍ້າ'],
  ['Khmer', 'ឆ្កែខ្មៅកំពុងរត់លើស្មៅ'],
  ['Burmese', 'ခွေးနက်တစ်ကောင်မြက်ခင်းပေါ်တွင်ပြေးနေသည်'],
  ['a mixture', 'A dog 在草地上奔跑的狗 on the grass'],
])('words without spaces between them are seen, and get some: %s', (_, text) => {
  expect(isUnspaced(text)).toBe(true)
  const segmented = segmentWords(text)
  expect(isUnspaced(segmented)).toBe(false)
  expect(segmented.replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
  expect(segmentWords(segmented)).toBe(segmented)
})

test.each([
  ['English', "A dog doesn't run."],
  ['Korean, which has spaces', '검은 개가 잔디 위를 달리고 있다'],
  ['Arabic', 'كلب أسود يركض على العشب'],
  ['Chinese that was segmented', '一 只 黑色 的 狗 在 草地上 奔跑 。'],
  ['an English text with a name', 'A sign that says 东京 at night.'],
  ['nothing', ''],
])('spaces are where they are: %s', (_, text) => {
  expect(isUnspaced(text)).toBe(false)
})

test('what has spaces already is left as it is', () => {
  for (const text of ["A dog doesn't  run.", '검은 개가 달리고', ''])
    expect(segmentWords(text)).toBe(text)
  expect(segmentWords('3只狗。 A dog.')).toBe('3 只 狗 。 A dog.')
})
