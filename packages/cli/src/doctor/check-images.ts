import type { Finding } from '@descry/server'

/** Does the native image library load and work? Loaded here, so that its absence is a finding. */
export async function checkImages(): Promise<Finding[]> {
  const name = 'image library'
  try {
    const { normalizeImage } = await import('@descry/ml')
    await normalizeImage(Buffer.from(onePixel, 'base64'), { maxBytes: 1024, maxPixels: 1 })
    return [{ name, ok: true, message: 'reads and writes images' }]
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    const message = `does not work on this machine: run npm ci here again (${reason})`
    return [{ name, ok: false, message }]
  }
}

/** A PNG of one pixel. */
const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
