import type { Captioner } from '../captioner/captioner.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import type { Timing } from './timing.ts'
import { type WaitingLine, waitingLine } from './waiting-line.ts'

/** What this process knows about a captioner. */
type CaptionerState = {
  breaker: Breaker
  /** Of an organization, for the captioner's limit of requests at a time. */
  lineOf(organizationId: string, places: number): WaitingLine
}

export type CaptionerStates = (captioner: Captioner) => CaptionerState

/**
 * Kept by the function that is called, and the name: a copy with fewer styles is the same captioner; one
 * that was built anew, with another key or address, starts afresh, and the old one is forgotten.
 */
export function captionerStates(timing: Timing): CaptionerStates {
  const byFunction = new WeakMap<Captioner['caption'], Map<string, CaptionerState>>()

  return ({ caption, name }) => {
    const byName = byFunction.get(caption) ?? new Map<string, CaptionerState>()
    byFunction.set(caption, byName)
    const state = byName.get(name) ?? createState(timing)
    byName.set(name, state)
    return state
  }
}

function createState(timing: Timing): CaptionerState {
  const lines = new Map<string, WaitingLine>()
  return {
    breaker: createBreaker(timing),
    lineOf(organizationId, places) {
      const key = `${organizationId} ${places}`
      const line = lines.get(key) ?? waitingLine(places)
      lines.set(key, line)
      return line
    },
  }
}
