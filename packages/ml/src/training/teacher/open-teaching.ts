import type { ModelCard } from '../../models/model-card.ts'
import type { Runtime } from '../../runtime/runtime.ts'
import { DataError } from '../dataset/data-error.ts'
import type { UnlabeledImages } from '../dataset/unlabeled-folder.ts'
import { describeLeftOut, openUnlabeledImages } from '../dataset/unlabeled-images.ts'
import type { Teacher, Trained } from '../loop/train-loop-options.ts'
import type { TrainModelOptions } from '../train-model-options.ts'
import { TrainingError } from '../training-error.ts'
import { defaultTeaching } from '../training-settings.ts'
import { keptChannels, openTeacher } from './open-teacher.ts'

type Teaching = AsyncDisposable & {
  teacher: Teacher | undefined
  extra: readonly UnlabeledImages[]
}

/** The teacher of a training and the pictures without captions, where there are any. */
export async function openTeaching(
  options: TrainModelOptions,
  runtime: Runtime,
): Promise<Teaching> {
  refuseTwoNetworks(options)
  const extra = await openAlso(options)
  const close = async () => {
    for (const pictures of extra) pictures.close()
  }
  try {
    const teacher = await findTeacher(options, { runtime, extra })
    return { teacher, extra, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The frozen network of a model cannot be taught. */
function refuseTwoNetworks({ backbone, teacher, also = [] }: TrainModelOptions): void {
  if (backbone && teacher) {
    throw new TrainingError(
      'A model on a frozen backbone has no encoder of its own that a teacher could teach.',
    )
  }
  if (also.length > 0 && !teacher) {
    throw new TrainingError('Pictures without captions teach nothing without a teacher.')
  }
}

/** Pictures of all folders, with what had to be left out said. */
async function openAlso(options: TrainModelOptions): Promise<UnlabeledImages[]> {
  const { data, also = [], signal, onExtra, onNote } = options
  const opened: UnlabeledImages[] = []
  try {
    for (const from of also) {
      const onImage = (progress: { done: number; total: number }) =>
        onExtra?.({ from, ...progress })
      const pictures = await openUnlabeledImages(from, data, { signal, onImage })
      opened.push(pictures)
      const twin = opened.slice(0, -1).find(({ id }) => id === pictures.id)
      if (twin) throw new DataError(`${twin.from} and ${from} hold the same pictures.`)
      if (pictures.leftOut.count > 0) onNote?.(describeLeftOut(pictures))
    }
    return opened
  } catch (error) {
    for (const pictures of opened) pictures.close()
    throw error
  }
}

async function findTeacher(
  { data, teacher, settings, signal, onPictures, onNote }: TrainModelOptions,
  { runtime, extra }: { runtime: Runtime; extra: readonly UnlabeledImages[] },
): Promise<Teacher | undefined> {
  if (!teacher) return undefined
  const { leastArea, teaching = defaultTeaching } = settings
  const { views } = teaching
  return await openTeacher(teacher, {
    ...{ data, extra, runtime, views, leastArea },
    ...{ signal, onPictures, onNote },
  })
}

/** For the model's card. */
export function describeTeacher(
  { teacherViews }: Trained,
  {
    teacher,
    settings: { teaching },
    extra,
  }: Pick<TrainModelOptions, 'teacher' | 'settings'> & { extra: readonly UnlabeledImages[] },
): ModelCard['training']['teacher'] {
  if (!teacher || !teaching) return null
  const { name, sha256, tokens, channels } = teacher.card
  return {
    name,
    sha256,
    places: tokens,
    channels,
    keptChannels: keptChannels(channels),
    ...teaching,
    views: teacherViews ?? teaching.views,
    extraImages: extra.reduce((sum, { count }) => sum + count, 0),
  }
}
