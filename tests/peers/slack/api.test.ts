import { describe, expect, test } from 'vitest'
import { BROKEN_MESSAGES, BROKEN_VIEWS, type BrokenPayload } from './broken-payloads.ts'
import type { SlackPeer, SlackPeerOptions } from './peer.ts'
import { clientOf, startApp, startPeer } from './stock-app.ts'

const start = async (options: SlackPeerOptions = {}) => {
  const peer = await startPeer(options)
  return { peer, client: clientOf(peer), channel: peer.channelId('general') }
}

const refusal = (error: string) => ({ data: { ok: false, error } })

describe('broken payloads', () => {
  const expectCaught = async (
    peer: SlackPeer,
    sent: Promise<unknown>,
    broken: BrokenPayload,
  ): Promise<void> => {
    const answer = expect(sent, broken.name)
    if (broken.error === undefined) await answer.resolves.toMatchObject({ ok: true })
    else await answer.rejects.toMatchObject(refusal(broken.error))
    expect(peer.violations.map(({ problem }) => problem).join('\n'), broken.name).toMatch(broken.problem)
    peer.clear()
  }

  test('messages', async () => {
    const { peer, client, channel } = await start()
    for (const broken of BROKEN_MESSAGES) {
      await expectCaught(peer, client.apiCall('chat.postMessage', { channel, ...broken.body }), broken)
    }
  })

  test('views', async () => {
    const { peer, client } = await start()
    for (const broken of BROKEN_VIEWS) {
      const sent = client.apiCall('views.open', { trigger_id: 'unused', view: broken.body })
      await expectCaught(peer, sent, broken)
    }
  })

  test('the answer names the place as Slack does', async () => {
    const { client, channel } = await start()
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: '' } }]
    const message = 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'
    await expect(client.apiCall('chat.postMessage', { channel, text: 'x', blocks })).rejects.toMatchObject({
      data: { errors: [message], response_metadata: { messages: [`[ERROR] ${message}`] } },
    })
  })

  test('acknowledgements', async () => {
    const peer = await startPeer()
    const app = await startApp(peer)
    app.command('/long', async ({ ack }) => ack('x'.repeat(40_001)))
    app.command('/odd', async ({ ack }) => ack({ text: 'x', colour: 'red' } as never))
    app.shortcut('talk', async ({ ack }) => ack('words' as never))
    await peer.command({ command: '/long' })
    await peer.command({ command: '/odd' })
    await peer.globalShortcut({ callbackId: 'talk' })
    expect(peer.violations.map(({ where, problem }) => `${where}: ${problem}`)).toEqual([
      'ack of slash_commands: text is longer than 40000',
      'ack of slash_commands: invalid additional property: colour',
      'ack of shortcut: this acknowledgement takes no content',
    ])
    expect(peer.messages('general')).toHaveLength(1)
  })
})

describe('refusals', () => {
  test('tokens and scopes', async () => {
    const { peer, client, channel } = await start({ scopes: ['users:read'] })
    await expect(clientOf(peer, 'xoxb-wrong').auth.test()).rejects.toMatchObject(refusal('invalid_auth'))
    await expect(clientOf(peer, '').auth.test()).rejects.toMatchObject(refusal('not_authed'))
    await expect(client.apps.connections.open()).rejects.toMatchObject(refusal('not_allowed_token_type'))
    await expect(client.chat.postMessage({ channel, text: 'x' })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'chat:write', provided: 'users:read' },
    })
  })

  test('channels, users, messages and threads', async () => {
    const { peer, client, channel } = await start()
    const post = (place: string, more = {}) => client.chat.postMessage({ channel: place, text: 'x', ...more })
    await expect(post('C0NOWHERE')).rejects.toMatchObject(refusal('channel_not_found'))
    await expect(post(peer.channelId('secret'))).rejects.toMatchObject(refusal('not_in_channel'))
    await client.conversations.join({ channel: peer.channelId('secret') })
    await post(peer.channelId('secret'))
    await expect(post(channel, { thread_ts: '1.2' })).rejects.toMatchObject(
      refusal('cannot_reply_to_message'),
    )
    const { ts } = peer.write({ text: 'mine' })
    const update = client.chat.update({ channel, ts, text: 'yours' })
    await expect(update).rejects.toMatchObject(refusal('cant_update_message'))
    await expect(client.users.info({ user: 'U0NOBODY' })).rejects.toMatchObject(refusal('user_not_found'))
    await expect(client.apiCall('chat.postMessage', {})).rejects.toMatchObject(refusal('invalid_arguments'))
    await expect(client.apiCall('chat.sing')).rejects.toMatchObject(refusal('unknown_method'))
  })

  test('trigger ids and response URLs wear out', async () => {
    let now = 0
    const peer = await startPeer({ now: () => now })
    const app = await startApp(peer)
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'T' }, blocks: [] }
    const outcomes: unknown[] = []
    const record = (error: { data?: { error: string }; message: string }) =>
      outcomes.push(error.data?.error ?? error.message)
    app.command('/career', async ({ ack, command, client, respond }) => {
      const open = () => client.views.open({ trigger_id: command.trigger_id, view }).catch(record)
      if (command.text === 'late') now += 3001
      await open()
      await open()
      for (let use = 0; use < 6; use += 1) await respond('again').catch(record)
      await ack()
    })
    await peer.command({ command: '/career' })
    await peer.command({ command: '/career', text: 'late' })
    const usedUp = 'Failed to respond to the response_url: 404 Not Found'
    expect(outcomes).toEqual([
      'exchanged_trigger_id',
      usedUp,
      'expired_trigger_id',
      'expired_trigger_id',
      usedUp,
    ])
    expect(peer.messages('general')).toHaveLength(10)
  })

  test('rate limits and other failures on demand', async () => {
    const { peer, client, channel } = await start()
    peer.failNext({ method: 'chat.postMessage', retryAfter: 0 })
    await client.chat.postMessage({ channel, text: 'after the limit' })
    expect(peer.calls.map(({ error }) => error)).toEqual(['ratelimited', undefined])
    peer.failNext({ method: /^chat/, error: 'fatal_error' })
    await expect(client.chat.postMessage({ channel, text: 'x' })).rejects.toMatchObject(
      refusal('fatal_error'),
    )
    peer.clear()
    peer.failNext({ status: 503, times: 2 })
    await client.auth.test()
    expect(peer.calls.map(({ ok }) => ok)).toEqual([false, false, true])
  })
})

test('views are pushed up to three, published and guarded by their hash', async () => {
  const peer = await startPeer()
  const app = await startApp(peer)
  const title = { type: 'plain_text' as const, text: 'T' }
  const view = { type: 'modal' as const, title, submit: title, callback_id: 'm', blocks: [] }
  app.shortcut('open', async ({ ack, shortcut, client }) => {
    await client.views.open({ trigger_id: shortcut.trigger_id, view })
    await ack()
  })
  app.view('m', async ({ ack }) => ack({ response_action: 'push', view }))
  await peer.globalShortcut({ callbackId: 'open' })
  for (let depth = 0; depth < 3; depth += 1) await peer.viewSubmission()
  const stack = peer.views('ann')
  expect(stack).toHaveLength(3)
  expect(stack[2]).toMatchObject({ root_view_id: stack[0]?.id, previous_view_id: stack[1]?.id })
  const home = { user_id: peer.user('ann').id, view: { type: 'home' as const, blocks: [] } }
  const first = await app.client.views.publish(home)
  await app.client.views.publish({ ...home, hash: first.view?.hash ?? '' })
  const late = app.client.views.publish({ ...home, hash: first.view?.hash ?? '' })
  await expect(late).rejects.toMatchObject(refusal('hash_conflict'))
  expect(peer.violations).toEqual([])
})

test('messages are read, changed, reacted to and deleted', async () => {
  const { peer, client, channel } = await start()
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'one' })
  await client.chat.postMessage({ channel, text: 'two', thread_ts: ts })
  await client.chat.postEphemeral({ channel, text: 'for ann', user: peer.user('ann').id })
  await client.reactions.add({ channel, name: 'eyes', timestamp: ts })
  await client.chat.update({ channel, ts, text: 'One' })
  const history = await client.conversations.history({ channel })
  expect(history.messages?.map(({ text }) => text)).toEqual(['One'])
  const replies = await client.conversations.replies({ channel, ts })
  expect(replies.messages?.map(({ text }) => text)).toEqual(['One', 'two'])
  expect(peer.messages('general')).toMatchObject([
    { text: 'One', reactions: [{ name: 'eyes' }] },
    { text: 'two' },
    { text: 'for ann', ephemeral_to: peer.user('ann').id },
  ])
  await client.chat.delete({ channel, ts })
  const direct = await client.conversations.open({ users: peer.user('ann').id })
  expect(direct.channel?.id).toBe(peer.dmChannel('ann'))
  await client.assistant.threads.setSuggestedPrompts({
    channel_id: peer.dmChannel('ann'),
    prompts: [{ title: 'Pay', message: 'What does it pay?' }],
  })
  expect(peer.violations).toEqual([])
})
