import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCipher, hashMember } from '../../src/store/cipher.ts'
import { StoreError } from '../../src/store/store-error.ts'

const [one, other] = ['0f'.repeat(32), 'f0'.repeat(32)]

describe('the cipher', () => {
  const cipher = createCipher(one)

  it('gives back any text, and never the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, place) => {
        const encrypted = cipher.encrypt(text, place)
        expect(cipher.decrypt(encrypted, place)).toBe(text)
        expect(cipher.encrypt(text, place)).not.toBe(encrypted)
        // Nothing that a database or JSON Lines would have to quote.
        expect(encrypted).toMatch(/^[\w.-]+$/)
      }),
    )
  })

  it.each([
    ['with another key', () => createCipher(other).decrypt(cipher.encrypt('xoxb', 'a'), 'a')],
    ['at another place', () => cipher.decrypt(cipher.encrypt('xoxb', 'a'), 'b')],
    ['with a shorter tag', () => cipher.decrypt(shortened(cipher.encrypt('xoxb', 'a')), 'a')],
    ['when it is nothing of ours', () => cipher.decrypt('xoxb-plain', 'a')],
  ])('reads nothing %s, and says which setting it is', (_, read) => {
    expect(read).toThrow(StoreError)
    expect(read).toThrow(/^ENCRYPTION_KEY: .*set the key that was in use then/)
    expect(read).not.toThrow(/xoxb/)
  })

  it('reads nothing that was changed, wherever', () => {
    const encrypted = cipher.encrypt('a token', 'a')
    for (let i = 0; i < encrypted.length; i++) {
      // The last letter of a part may stand for bits that are not used.
      if (/[.]/.test(encrypted[i]!) || /^(?:\.|$)/.test(encrypted.slice(i + 1))) continue
      const changed = encrypted.slice(0, i) + (encrypted[i] === 'A' ? 'B' : 'A') + encrypted.slice(i + 1)
      expect(() => cipher.decrypt(changed, 'a'), String(i)).toThrow(StoreError)
    }
  })

  it.each(['', 'short', `${one}00`, 'z'.repeat(64), ` ${one.slice(1)}`])('takes no key like "%s"', (key) => {
    expect(() => createCipher(key)).toThrow(/ENCRYPTION_KEY: it has to be 64 hexadecimal digits; make one/)
  })
})

it('a member has one hash for each key, and it tells nothing', () => {
  expect(hashMember('discord:1', one)).toBe(hashMember('discord:1', one))
  const hashes = [hashMember('discord:1', one), hashMember('discord:2', one), hashMember('discord:1', other)]
  expect(new Set(hashes).size).toBe(3)
  for (const hash of hashes) expect(hash).toMatch(/^[\w-]{43}$/)
})

function shortened(encrypted: string): string {
  const [version, nonce, tag = '', body] = encrypted.split('.')
  return [version, nonce, Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url'), body].join('.')
}
