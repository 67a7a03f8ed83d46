import type { App } from '@slack/bolt'
import { describe, expect, test } from 'vitest'
import { assertNoMentions, rawMentions, readableText, type SlackPeer } from './slack/peer.ts'
import { eventually, startApp, startPeer, TRANSPORTS } from './slack/stock-app.ts'

const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text })
const plain = (text: string) => ({ type: 'plain_text' as const, text })
const panel = {
  text: 'What an MLOps engineer does',
  blocks: [
    { type: 'section' as const, text: mrkdwn('What an *MLOps engineer* does') },
    {
      type: 'actions' as const,
      elements: [
        { type: 'button' as const, action_id: 'more', value: 'mlops', text: plain('More') },
        { type: 'external_select' as const, action_id: 'role', min_query_length: 1 },
      ],
    },
    {
      type: 'context_actions' as const,
      elements: [
        {
          type: 'feedback_buttons' as const,
          action_id: 'rate',
          positive_button: { text: plain('Good'), value: 'good' },
          negative_button: { text: plain('Bad'), value: 'bad' },
        },
      ],
    },
  ],
}
const modal = (callbackId: string, title = 'Feedback') => ({
  type: 'modal' as const,
  callback_id: callbackId,
  title: plain(title),
  submit: plain('Send'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input' as const,
      block_id: 'why',
      label: plain('Why?'),
      element: { type: 'plain_text_input' as const, action_id: 'reason' },
    },
  ],
})

const written = (peer: SlackPeer, channel = 'general'): string[] =>
  peer.messages(channel).map(({ text }) => text)

describe.each(TRANSPORTS)('over %s', (transport) => {
  const start = async () => {
    const peer = await startPeer()
    return { peer, app: await startApp(peer, transport) }
  }

  test('a slash command is acknowledged with an answer, responds and posts', async () => {
    const { peer, app } = await start()
    app.command('/career', async ({ ack, respond, say, command }) => {
      await ack(`Looking up ${command.text}`)
      await respond({ ...panel, response_type: 'in_channel' })
      await say({ text: 'Posted' })
    })
    const delivery = await peer.command({ command: '/career', text: 'pay', user: 'bea' })
    expect(delivery).toMatchObject({ status: 200, attempts: 1, message: { text: 'Looking up pay' } })
    expect(delivery.message?.ephemeral_to).toBe(peer.user('bea').id)
    expect(delivery.ackMs).toBeGreaterThanOrEqual(0)
    const posted = await peer.waitForMessage(({ text }) => text === 'Posted')
    expect(written(peer)).toEqual(['Looking up pay', panel.text, 'Posted'])
    expect(posted).toMatchObject({ bot_id: peer.teams[0]?.botId, source: 'chat.postMessage' })
    expect(peer.calls.map(({ method }) => method)).toContain('response_url')
    expect(peer.violations).toEqual([])
  })

  test('buttons, feedback and suggestions reach their listeners from the message', async () => {
    const { peer, app } = await start()
    app.action('more', async ({ ack, respond, payload }) => {
      await ack()
      await respond({ text: `More of ${'value' in payload ? payload.value : ''}`, replace_original: true })
    })
    app.action('rate', async ({ ack, respond, payload }) => {
      await ack()
      await respond(`Rated ${'value' in payload ? payload.value : ''}`)
    })
    app.options('role', async ({ ack, options }) => {
      await ack({ options: [{ text: plain(`${options.value} engineer`), value: 'x' }] })
    })
    await app.client.chat.postMessage({ channel: peer.channelId('general'), ...panel })
    const [message] = peer.messages('general')
    if (!message) throw new Error('nothing was posted')
    const suggested = await peer.blockSuggestion({ message, actionId: 'role', value: 'ml' })
    expect(suggested.body).toMatchObject({ options: [{ text: { text: 'ml engineer' } }] })
    await peer.blockAction({ message, actionId: 'rate', value: 'bad' })
    await peer.waitForMessage(({ text }) => text === 'Rated bad')
    await peer.blockAction({ message, actionId: 'more', user: 'bea' })
    await peer.waitForMessage(({ ts, text }) => ts === message.ts && text === 'More of mlops')
    await expect(peer.blockAction({ message, actionId: 'more' })).rejects.toThrow(/no element more/)
    expect(peer.violations).toEqual([])
  })

  test('shortcuts open modals, which are filled in, updated and closed', async () => {
    const { peer, app } = await start()
    const seen: unknown[] = []
    app.shortcut('answer', async ({ ack, shortcut, client }) => {
      await ack()
      if (shortcut.type === 'message_action') seen.push(shortcut.message.text)
      await client.views.open({ trigger_id: shortcut.trigger_id, view: modal('feedback') })
    })
    app.view('feedback', async ({ ack, view }) => {
      seen.push(view.state.values.why?.reason?.value)
      await ack({ response_action: 'update', view: modal('thanks', 'Thanks') })
    })
    app.view({ callback_id: 'thanks', type: 'view_closed' }, async ({ ack, body }) => {
      await ack()
      seen.push(body.type)
    })
    const { message } = await peer.say({ text: 'What is MLOps?', user: 'bea' })
    if (!message) throw new Error('nothing was said')
    await peer.messageShortcut({ callbackId: 'answer', message })
    await eventually(() => peer.views('ann').length).toBe(1)
    await expect(peer.viewSubmission()).rejects.toThrow(/required/)
    await peer.viewSubmission({ values: { reason: 'Too short' } })
    expect(peer.views('ann')).toMatchObject([{ callback_id: 'thanks' }])
    await peer.viewClosed()
    expect(peer.views('ann')).toEqual([])
    await eventually(() => seen).toEqual(['What is MLOps?', 'Too short', 'view_closed'])
    await peer.globalShortcut({ callbackId: 'answer', user: 'cem' })
    await eventually(() => peer.views('cem').length).toBe(1)
    expect(peer.violations).toEqual([])
  })

  test('events reach their listeners, in threads and direct messages too', async () => {
    const { peer, app } = await start()
    app.event('app_mention', async ({ say, event }) => {
      await say({ text: 'In the thread', thread_ts: event.ts })
    })
    app.message(async ({ say, message }) => {
      const thread = 'thread_ts' in message ? message.thread_ts : undefined
      await say({ text: `A ${message.channel_type} message`, ...(thread ? { thread_ts: thread } : {}) })
    })
    const { message } = await peer.mention({ text: 'what is MLOps?' })
    await peer.waitForMessage(({ thread_ts: thread }) => thread === message?.ts)
    await peer.say({ text: 'And pay?', ...(message ? { thread: message } : {}) })
    await peer.waitForMessage(({ text }) => text === 'A channel message')
    await peer.say({ text: 'hello', dm: true })
    const direct = await peer.waitForMessage(({ text }) => text === 'A im message')
    expect(direct.channel).toBe(peer.dmChannel('ann'))
    expect(peer.messages('general')).toHaveLength(4)
    expect(peer.violations).toEqual([])
  })

  test('arrivals and departures reach their listeners', async () => {
    const { peer, app } = await start()
    const seen: string[] = []
    const types = [
      'app_home_opened',
      'team_join',
      'member_joined_channel',
      'tokens_revoked',
      'app_uninstalled',
    ]
    for (const type of types) {
      app.event(type, async ({ event }) => {
        seen.push(event.type)
      })
    }
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'section', text: mrkdwn('Welcome') }] },
      })
    })
    await peer.homeOpened({ user: 'bea' })
    await eventually(() => peer.home('bea')?.blocks.length).toBe(1)
    await peer.teamJoin({ user: 'dan' })
    await peer.channelJoin({ user: 'dan', channel: 'careers' })
    await peer.revokeTokens()
    await peer.uninstall()
    await eventually(() => seen).toEqual(types)
    await expect(app.client.auth.test()).rejects.toMatchObject({ data: { error: 'account_inactive' } })
  })

  test('what is sent again carries the same event id', async () => {
    const { peer, app } = await start()
    const seen: unknown[] = []
    app.event('app_mention', async ({ body, context }) => {
      seen.push([body.event_id, context.retryNum || 0, context.retryReason || ''])
    })
    const delivery = await peer.mention({ text: 'hi' })
    await peer.repeat(delivery)
    await peer.repeat(delivery, { num: 2, reason: 'http_error' })
    const id = delivery.payload.event_id
    await eventually(() => seen).toEqual([
      [id, 0, ''],
      [id, 1, 'http_timeout'],
      [id, 2, 'http_error'],
    ])
  })

  test('what is not acknowledged in time is listed', async () => {
    const peer = await startPeer({ ackTimeout: 100 })
    const app: App = await startApp(peer, transport)
    app.command('/career', async () => undefined)
    await expect(peer.command({ command: '/career' })).rejects.toThrow(/not acknowledged/)
    expect(peer.unanswered()).toMatchObject([{ kind: 'slash_commands', name: '/career' }])
  })
})

test('mentions that members wrote are found', async () => {
  const blocks = [{ type: 'section', text: mrkdwn('Ask <@U012AB> or <!here|here>') }]
  expect(rawMentions({ text: '<!channel>', blocks })).toEqual(['<!channel>', '<@U012AB>', '<!here|here>'])
  expect(() => assertNoMentions({ text: 'x', blocks }, ['U012AB'])).toThrow(/<!here\|here>/)
  assertNoMentions({ text: '&lt;!everyone&gt;', blocks: [{ type: 'header', text: plain('<!here>') }] })
  expect(readableText({ text: 'fallback', blocks })).toContain('Ask')
})
