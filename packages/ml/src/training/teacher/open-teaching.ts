import type { Runtime } from '../../runtime/runtime.ts'
import { DataError } from '../dataset/data-error.ts'
import type { UnlabeledImages } from '../dataset/unlabeled-folder.ts'
import { describeOmitted, openUnlabeledImages } from '../dataset/unlabeled-images.ts'
import type { Teacher } from '../loop/train-loop-options.ts'
import type { TrainModelOptions } from '../train-model-options.ts'
import { TrainingError } from '../training-error.ts'
import { defaultTeaching } from '../training-settings.ts'
import { openTeacher } from './open-teacher.ts'

type Teaching = AsyncDisposable & {
  teacher: Teacher | undefined
  unlabeled: readonly UnlabeledImages[]
}

/** The teacher of a training and its images without captions, where there are any. */
export async function openTeaching(
  options: TrainModelOptions,
  runtime: Runtime,
): Promise<Teaching> {
  refuseTwoNetworks(options)
  const unlabeled = await openUnlabeled(options)
  const close = async () => {
    for (const pictures of unlabeled) pictures.close()
  }
  try {
    const teacher = await findTeacher(options, { runtime, unlabeled })
    return { teacher, unlabeled, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The frozen network of a model cannot be taught. */
function refuseTwoNetworks({ backbone, teacher, unlabeled = [] }: TrainModelOptions): void {
  if (backbone && teacher) {
    throw new TrainingError(
      'A model on a frozen backbone has no encoder of its own that a teacher could teach.',
    )
  }
  if (unlabeled.length > 0 && !teacher) {
    throw new TrainingError(
      'Images without captions need a teacher: nothing is learned from them without one.',
    )
  }
}

/** The images of all folders; what had to be left out of one is reported. */
async function openUnlabeled(options: TrainModelOptions): Promise<UnlabeledImages[]> {
  const { data, unlabeled = [], signal, onProgress } = options
  const opened: UnlabeledImages[] = []
  try {
    for (const folder of unlabeled) {
      const images = await openUnlabeledImages(folder, data, {
        signal,
        onImage: (progress) => void onProgress?.({ kind: 'unlabeled', folder, ...progress }),
      })
      opened.push(images)
      const twin = opened.slice(0, -1).find(({ id }) => id === images.id)
      if (twin) throw new DataError(`${twin.from} and ${folder} hold the same images.`)
      if (images.leftOut.count > 0) {
        await onProgress?.({ kind: 'note', text: describeOmitted(images) })
      }
    }
    return opened
  } catch (error) {
    for (const images of opened) images.close()
    throw error
  }
}

async function findTeacher(
  { data, teacher, settings, signal, onProgress }: TrainModelOptions,
  { runtime, unlabeled }: { runtime: Runtime; unlabeled: readonly UnlabeledImages[] },
): Promise<Teacher | undefined> {
  if (!teacher) return undefined
  const { leastArea, teaching = defaultTeaching } = settings
  const { views } = teaching
  return await openTeacher(teacher, {
    ...{ data, unlabeled, runtime, views, leastArea, signal },
    onProgress: (progress) =>
      void onProgress?.({ kind: 'features', network: 'teacher', ...progress }),
    onNote: (text) => void onProgress?.({ kind: 'note', text }),
  })
}
