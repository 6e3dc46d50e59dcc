import type { Crop } from '../../image/draw-view.ts'

/** The features that a teacher computed of several views of each training picture: a student's targets. */
export type TeacherTargets = {
  /** Places along each side of a map, as many as the student has. */
  grid: number
  channels: number
  /** Views of each picture that is trained on; view 0 is the whole picture. */
  views: number
  /** The part of the picture that a view shows. */
  cropOf(index: number, view: number): Crop
  /** Fills `into` with [grid · grid, channels]: the map of a view, or of its mirror image. */
  read(index: number, view: number, options: { mirrored: boolean; into: Float32Array }): void
  close(): void
}
