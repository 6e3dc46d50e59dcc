/** Something that was done, and the way back. */
export type Notice = { text: string; undo?: () => Promise<unknown> }
