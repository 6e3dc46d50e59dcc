import { scoreCider } from '../../metrics/cider.ts'
import { countDocumentFrequency } from '../../metrics/document-frequency.ts'

/**
 * The CIDEr-D that three of four captions by people reach, each compared with the others of its image: a
 * caption that does as well agrees with people as people do with each other. Undefined where no image has
 * two captions.
 */
export function findHumanCider(
  images: readonly { references: readonly string[] }[],
): number | undefined {
  const documentFrequency = countDocumentFrequency(images.map(({ references }) => references))
  const pairs = images
    .filter(({ references }) => references.length > 1)
    .flatMap(({ references }) =>
      references.map((hypothesis, i) => ({ hypothesis, references: references.toSpliced(i, 1) })),
    )
  const { perImage } = scoreCider(pairs, { documentFrequency })
  return perImage.toSorted((a, b) => a - b)[Math.floor(perImage.length / 4)]
}
