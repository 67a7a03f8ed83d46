import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dumpOf } from '../../store/dump.ts'
import { run } from './command.ts'

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'career-chat-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const chat = async (lines: readonly string[], folder: string): Promise<string> =>
  (await run(['chat'], `${lines.join('\n')}\n`, { DATA_DIR: folder })).stdout

describe('the welcome tour over a pipe', () => {
  it('is picked through by numbers, goes on the next time, and fits later answers', async () => {
    const folder = dataFolder()
    expect(await chat(['/start', '1', '3'], folder)).toMatch(
      /What interests you most\?[\s\S]*How far are you\?/,
    )
    const later = await chat(['/start', '1', 'which skills are needed?', '/next'], folder)
    expect(later).toMatch(
      /Here is where you stopped:[\s\S]*How far are you\?[\s\S]*Your starter pack: NLP engineer/,
    )
    expect(later).toMatch(/For an NLP engineer, as you told me:[\s\S]*Your next step: mid level/)
  })

  it('leaves nothing after /forget-me', async () => {
    const folder = dataFolder()
    expect(await chat(['/start', '1', '2', '/forget-me'], folder)).toMatch(/forgotten everything about you/)
    expect(dumpOf(folder).filter((row) => row.startsWith('profiles '))).toEqual([])
  })

  it('needs no database for questions alone, and knows no number that was not offered', async () => {
    const folder = dataFolder()
    expect(await chat(['what is a data engineer?', '99', 'constructor', '__proto__'], folder)).toMatch(
      /There is nothing with that number/,
    )
    expect(readdirSync(folder)).toEqual([])
  })
})
