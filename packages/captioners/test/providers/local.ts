/** What captioners of this machine are built with; those over the network do not look at it. */
export const local = {
  images: { maxBytes: 10_000_000, maxPixels: 1_000_000 },
  hub: { endpoint: 'http://127.0.0.1:1', token: undefined, offline: true, folder: '/nowhere' },
}
