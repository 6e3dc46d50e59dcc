/** Who is asked, for the messages of failures. */
export type Target = { model: string; host: string }

/** "eyes at localhost:11434" */
export const nameOf = ({ model, host }: Target) => `${model} at ${host}`
