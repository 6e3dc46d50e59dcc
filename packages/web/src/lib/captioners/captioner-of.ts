/** The captioner that was set up: its further models write their name after a #. */
export const captionerOf = (name: string): string => name.replace(/#.*$/, '')
