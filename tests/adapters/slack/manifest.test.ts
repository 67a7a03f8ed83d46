import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { command, shortcuts } from '../../../adapters/slack/actions.ts'
import { scopes, welcomeScopes } from '../../../adapters/slack/index.ts'

const folder = join(import.meta.dirname, '../../../adapters/slack')
const source = readFileSync(join(folder, 'manifest.yaml'), 'utf8')
const manifest = parse(source)
const code = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n')

describe('the manifest', () => {
  it('has the command and the shortcuts that the code listens to', () => {
    expect(manifest.features.slash_commands.map((one: { command: string }) => one.command)).toEqual([command])
    const found = manifest.features.shortcuts.map((one: { callback_id: string; type: string }) => [
      one.callback_id,
      one.type,
    ])
    expect(found).toEqual([
      [shortcuts.answerThis, 'message'],
      [shortcuts.ask, 'global'],
    ])
  })

  it('asks for the scopes that an installation asks for, each with its reason', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual(scopes)
    for (const scope of scopes) expect(source).toMatch(new RegExp(`- ${scope} # \\w+`))
  })

  it('subscribes to the events that the code listens to, and to no others', () => {
    const optional = Object.keys(welcomeScopes)
    const listened = [...code.matchAll(/app\.event\('(\w+)'/g)]
      .map((match) => match[1] ?? '')
      .filter((event) => !optional.includes(event))
    // `app.message` hears the messages of every kind of place that is subscribed to.
    const messages = ['message.channels', 'message.groups', 'message.im']
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(
      [...listened, ...messages].sort(),
    )
    expect(code).toContain('app.message(')
  })

  it('leaves out what only SLACK_WELCOME needs, and says what to add for it', () => {
    for (const [event, scope] of Object.entries(welcomeScopes)) {
      expect(source).toMatch(new RegExp(`# - ${event} # only for SLACK_WELCOME=.+ ${scope}`))
      expect(source).toMatch(new RegExp(`# - ${scope} # only for SLACK_WELCOME=.+ ${event}`))
      expect(scopes).not.toContain(scope)
    }
  })

  it('keeps within the lengths that Slack takes', () => {
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35)
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140)
    expect(manifest.features.slash_commands[0].usage_hint.length).toBeLessThanOrEqual(1_000)
    for (const { name } of manifest.features.shortcuts) expect(name.length).toBeLessThanOrEqual(24)
  })
})
