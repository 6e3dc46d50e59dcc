import type { EpochReport, StartReport, StepReport } from './loop/train-loop-options.ts'

/** What a training is at, for whoever shows it. An epoch is the only thing that must not be missed. */
export type TrainingProgress =
  /** A backbone or a teacher is downloaded; `done` and `total` are bytes of one file. */
  | { kind: 'download'; path: string; done: number; total: number }
  /** Images without captions are decoded. */
  | { kind: 'unlabeled'; folder: string; done: number; total: number }
  /** The features of a frozen network are computed, before the first epoch. */
  | { kind: 'features'; network: 'backbone' | 'teacher'; done: number; total: number }
  | ({ kind: 'start' } & StartReport)
  | ({ kind: 'step' } & StepReport)
  | { kind: 'epoch'; report: EpochReport }
  /** Something worth knowing, as a sentence. */
  | { kind: 'note'; text: string }

/** The training waits for what is returned, so that a slow reader does not miss an epoch. */
export type OnTrainingProgress = (progress: TrainingProgress) => void | Promise<void>
