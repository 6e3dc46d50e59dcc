import { type Style, Style as Styles } from '@descry/contract'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { askOnce } from '../../test/ask-once.ts'
import { checkAnswer } from '../chain/check-answer.ts'
import { basicCaptioner } from './basic.ts'

const basic = basicCaptioner()
const styles = Styles.options.filter((style: Style) => basic.styles.includes(style))

test.each(['#000', '#fff', '#808080', '#f00', '#3366aa', '#fe0', '#840'])(
  'what it says of a picture of %s passes the quality gate as it is',
  async (background) => {
    for (const [width, height] of [
      [40, 40],
      [60, 20],
      [20, 60],
    ] as const) {
      const plain = sharp({ create: { width, height, channels: 3, background } })
      const file = await plain.jpeg().toBuffer()
      const picture = { file, thumbnail: file, mediaType: 'image/jpeg', width, height }
      for (const style of styles) {
        const output = await askOnce(basic, { ...picture, style })
        const verdict = await checkAnswer(output, { style, prompt: '' })
        expect(verdict).toMatchObject({ kind: 'pass', text: output.text })
      }
    }
  },
)
