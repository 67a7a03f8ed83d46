import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { StoreError } from './store-error.ts'

/** Keeps secrets unreadable in the database: AES-256-GCM. */
export interface Cipher {
  /** @param place what the text belongs to; it cannot be read at another place */
  encrypt(text: string, place: string): string
  /** @throws StoreError when it was encrypted with another key or for another place, or was changed */
  decrypt(encrypted: string, place: string): string
}

/** @param key 64 hexadecimal digits */
export function createCipher(key: string): Cipher {
  const secret = Buffer.from(key, 'hex')
  if (secret.length !== 32 || key.length !== 64)
    throw new StoreError(`ENCRYPTION_KEY: it has to be 64 hexadecimal digits; ${makeKey}`, false)
  return {
    encrypt(text, place) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return ['v1', nonce, cipher.getAuthTag(), body]
        .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
        .join('.')
    },
    decrypt(encrypted, place) {
      const [version, ...parts] = encrypted.split('.')
      const [nonce, tag, body] = parts.map((part) => Buffer.from(part, 'base64url'))
      try {
        if (version !== 'v1' || nonce === undefined || tag?.length !== 16 || body === undefined)
          throw new Error('it is not of this form')
        const decipher = createDecipheriv('aes-256-gcm', secret, nonce, { authTagLength: 16 })
        decipher.setAAD(Buffer.from(place)).setAuthTag(tag)
        return decipher.update(body, undefined, 'utf8') + decipher.final('utf8')
      } catch {
        throw new StoreError(
          'ENCRYPTION_KEY: what is stored was encrypted with another key, or was changed; set the key that was in use then, or install the bot again in that workspace',
          false,
        )
      }
    },
  }
}

/** How to make a key, for messages. */
export const makeKey = 'make one with: openssl rand -hex 32'

/** Names a member without telling who it is: only with the key can a hash be found for a member. */
export function hashMember(member: string, key: string): string {
  // A key of its own, so that the key of the cipher is used for one thing only.
  const own = createHmac('sha256', Buffer.from(key, 'hex')).update('members').digest()
  return createHmac('sha256', own).update(member).digest('base64url')
}
