import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { AppError } from '../errors.ts'

/** Seals texts for the database. What was sealed for one purpose does not open for another. */
export type SecretBox = {
  seal(text: string, purpose: string): Buffer
  /** Throws `AppError` when it was sealed with another secret, or changed since. */
  open(sealed: Uint8Array, purpose: string): string
}

/**
 * AES-256-GCM; nonce (12 bytes), tag (16) and ciphertext one after the other. The key is derived from the
 * secret (HKDF-SHA-256), so that the same secret can serve other ends.
 * Sources: NIST SP 800-38D; RFC 5869.
 */
export function createSecretBox(secret: string): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'descry/provider-keys/1', 32))
  return {
    seal(text, purpose) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
    },
    open(sealed, purpose) {
      const bytes = Buffer.from(sealed)
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), {
          authTagLength: TAG,
        })
        decipher.setAAD(Buffer.from(purpose))
        decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
        const text = [decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]
        return Buffer.concat(text).toString('utf8')
      } catch (cause) {
        throw new AppError(
          'captioner-refused',
          `The stored key of ${purpose} cannot be opened: it was stored under another DESCRY_SECRET ` +
            '(or key file). Enter the key again.',
          { cause },
        )
      }
    },
  }
}

const NONCE = 12
const TAG = 16
