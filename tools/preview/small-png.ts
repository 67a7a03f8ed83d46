import { crc32, deflateSync, inflateSync } from 'node:zlib'

/**
 * The same picture with at most 96 colours, which is all that a drawing of flat areas and text needs: about a third of
 * the bytes. https://www.w3.org/TR/png-3/
 *
 * @param png 8 bits a channel, with or without alpha, not interlaced, as browsers write it
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, channels, data } = read(png)
  const pixels = unfilter(data, width * channels, channels)
  const colours = new Map<number, number>()
  const used: number[] = []
  for (let at = 0; at < pixels.length; at += channels) {
    const colour = pixels.readUIntBE(at, 3)
    used.push(colour)
    colours.set(colour, (colours.get(colour) ?? 0) + 1)
  }
  const palette = choose([...colours.keys()].sort((a, b) => colours.get(b)! - colours.get(a)!))
  const indexOf = new Map([...colours.keys()].map((colour) => [colour, nearest(palette, colour)]))
  const rows = Buffer.alloc(height * (width + 1))
  used.forEach((colour, i) => {
    rows[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = indexOf.get(colour) ?? 0
  })
  return write(width, height, palette, rows)
}

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

function read(png: Buffer) {
  const parts: Buffer[] = []
  for (let at = signature.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
  }
  // The header comes first, always: width, height, bits, colour type (2 without alpha, 6 with).
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  return { width, height, channels: png[25] === 6 ? 4 : 3, data: inflateSync(Buffer.concat(parts)) }
}

/** Each row is stored as its difference from what is left of it and above it. */
function unfilter(data: Buffer, row: number, channels: number): Buffer {
  const pixels = Buffer.alloc((data.length / (row + 1)) * row)
  for (let at = 0; at < pixels.length; at++) {
    const y = Math.floor(at / row)
    const isFirst = at % row < channels
    const left = isFirst ? 0 : pixels[at - channels]!
    const up = y === 0 ? 0 : pixels[at - row]!
    const upLeft = isFirst || y === 0 ? 0 : pixels[at - row - channels]!
    const filter = data[y * (row + 1)]!
    pixels[at] = data[at + y + 1]! + predicted(filter, left, up, upLeft)
  }
  return pixels
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const wanted = left + up - upLeft
  const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map((one) => Math.abs(wanted - one)) as [
    number,
    number,
    number,
  ]
  if (toLeft <= toUp && toLeft <= toUpLeft) return left
  return toUp <= toUpLeft ? up : upLeft
}

/** Those used most, and none that looks like one before it, so that a small spot of another colour keeps it. */
function choose(colours: readonly number[]): number[] {
  const palette: number[] = []
  for (const colour of colours) {
    const alike = palette[nearest(palette, colour)]
    if (alike === undefined || apart(alike, colour) > lookAlike) palette.push(colour)
  }
  return palette.slice(0, 96)
}

/** The sum of the squares of what red, green and blue differ by, of 255 each. */
const lookAlike = 30

function apart(one: number, other: number): number {
  return [16, 8, 0].reduce((sum, bits) => sum + (((one >> bits) & 255) - ((other >> bits) & 255)) ** 2, 0)
}

function nearest(palette: readonly number[], colour: number): number {
  const distances = palette.map((one) => apart(one, colour))
  return distances.indexOf(Math.min(...distances))
}

function write(width: number, height: number, palette: readonly number[], rows: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3], 8)
  const colours = Buffer.from(palette.flatMap((one) => [(one >> 16) & 255, (one >> 8) & 255, one & 255]))
  const data = deflateSync(rows, { level: 9 })
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
