import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** ONNX files of one network with real weights. */
type Teacher = {
  /** `[n, 1001]`, as networks are usually exported. */
  classifier: string
  /** `[n, 1280, 7, 7]`: the same network without its classifier. */
  features: string
  /** A line names a class, in the classifier's order. */
  labels: string
}

/** MobileNetV2 from `DESCRY_TEST_TEACHER`, or nothing where it is absent: it is too large to be shipped. */
export function findTeacher(): Teacher | undefined {
  const folder =
    process.env.DESCRY_TEST_TEACHER ?? join(import.meta.dirname, '../../../../shared/teacher')
  const pathOf = (part: string) => join(folder, `mobilenet_v2-${part}.onnx`)
  const teacher = {
    classifier: pathOf('classifier'),
    features: pathOf('features'),
    labels: join(folder, 'imagenet_labels.txt'),
  }
  return Object.values(teacher).every((path) => existsSync(path)) ? teacher : undefined
}
