import { randomUUID } from 'node:crypto'
import type { BlockAction } from '@slack/bolt'
import { type Bot, type Logger, type Reply, readReference } from '../../src/index.ts'
import { actions } from './actions.ts'
import { explained, isDirect, teller, whoAsks } from './people.ts'
import { notice, type Payload, readSharing, render, seen } from './render.ts'
import { respondTo } from './respond.ts'
import type { Pressed, Routes } from './routes.ts'
import { answerMetadata, placeOf, type Threads } from './threads.ts'
import { answerView, noticeView, reasonForm } from './views.ts'

const outdated = 'That button is from an older version of me. Ask again, and you get one that works.'

/** The buttons and menus of messages and forms; those of the Home tab are in `home.ts`. */
export function listenToButtons(routes: Routes, bot: Bot, logger: Logger, threads: Threads): void {
  routes.press(actions.open, open)
  routes.press(actions.more, open)
  routes.press(actions.page, open)
  routes.press(actions.show, show)
  routes.press(actions.share, share)
  routes.press(actions.feedback, rate)
  routes.otherwise((args) => answer(args, notice(outdated)))

  async function open(args: Pressed): Promise<void> {
    const { body, client } = args
    const { reference, page } = readOpened(pressedValue(args))
    const reply = seen(await bot.handle({ kind: 'open', reference, ...whoPressed(args) }))
    if (body.view === undefined)
      return answer(args, render(reply, { isPrivate: !isDirect(body), page, thread: threadOf(body) }), reply)
    const { id } = body.view
    await explained(logger, tellerOf(args), () =>
      client.views.update({ view_id: id, view: answerView(reply, page) }),
    )
  }

  /** In the Home tab, where there is no room for an answer. */
  async function show(args: Pressed): Promise<void> {
    const { reference } = readOpened(pressedValue(args))
    const view = answerView(seen(await bot.handle({ kind: 'open', reference, ...whoPressed(args) })))
    await explained(logger, tellerOf(args), () =>
      args.client.views.open({ trigger_id: args.body.trigger_id, view }),
    )
  }

  async function share(args: Pressed): Promise<void> {
    const { body, client } = args
    const sharing = readSharing(pressedValue(args))
    if (sharing === undefined) return answer(args, notice(outdated))
    const { reference, caveat, thread } = sharing
    const reply = seen(await bot.handle({ kind: 'open', reference, ...whoPressed(args) }))
    // What is no answer ("Please wait a minute") is nobody else's business.
    if (!('source' in reply)) return answer(args, render(reply))
    const payload = render(caveat === undefined ? reply : { ...reply, caveat }, {
      footer: `Shared by <@${body.user.id}>`,
    })
    const channel = body.channel?.id
    await explained(logger, tellerOf(args), () =>
      thread !== undefined && channel !== undefined
        ? client.chat.postMessage({ channel, thread_ts: thread, ...payload })
        : respondTo(body.response_url, { response_type: 'in_channel', ...payload }),
    )
  }

  async function rate(args: Pressed): Promise<void> {
    const { body, client } = args
    const value = pressedValue(args)
    const [helpful, reference] = [value.startsWith('+'), value.slice(1)]
    if (!/^[+-]/.test(value) || readReference(reference) === undefined) return answer(args, notice(outdated))
    // Of this click alone: it tells nothing about the member.
    const click = `slack:${randomUUID()}`
    const { member } = whoPressed(args)
    const event = { kind: 'feedback', reference, helpful, click, platform: 'slack', member } as const
    const reply = seen(await bot.handle(event))
    if (helpful || reply.kind === 'limited') return answer(args, render(reply))
    const view = reasonForm({ reference, click, url: body.response_url, thread: threadOf(body) })
    const isOpen = await explained(logger, undefined, () =>
      client.views.open({ trigger_id: body.trigger_id, view }),
    )
    if (!isOpen) await answer(args, render(reply))
  }

  /** What one member picks under an answer for all is theirs alone, so that no channel fills up. */
  async function answer(args: Pressed, payload: Payload, opened?: Reply): Promise<void> {
    const { body, client } = args
    const { channel, view } = body
    await explained(logger, tellerOf(args), () => {
      if (view !== undefined)
        return client.views[view.type === 'home' ? 'open' : 'push']({
          trigger_id: body.trigger_id,
          view: noticeView('Sorry', payload),
        })
      return channel !== undefined && isDirect(body)
        ? client.chat.postMessage({ channel: channel.id, ...goOn(args, channel.id, opened), ...payload })
        : privately(body, payload)
    })
  }

  /** What is opened in direct messages is what the member's next words lean on, whichever process reads them. */
  function goOn({ body, body: { team, user } }: Pressed, channel: string, opened: Reply | undefined) {
    const thread = threadOf(body)
    const ts = String(body.container.message_ts)
    if (opened !== undefined) threads.asked({ team: team?.id, channel, ts, thread, user: user.id })
    return {
      ...(thread !== undefined && { thread_ts: thread }),
      ...(opened !== undefined && { metadata: answerMetadata(ts, opened, user.id) }),
    }
  }
}

function tellerOf({ body, client }: Pressed) {
  return teller(client, body.user.id, body.response_url, threadOf(body))
}

function privately(body: BlockAction, payload: Payload): Promise<void> {
  const thread = threadOf(body)
  return respondTo(body.response_url, {
    response_type: 'ephemeral',
    ...(thread !== undefined && { thread_ts: thread }),
    ...payload,
  })
}

function whoPressed({ body }: Pressed) {
  return whoAsks(body.team?.id, body.user.id, whereOf(body))
}

function whereOf(body: BlockAction): string {
  const { view, channel } = body
  if (view !== undefined) return view.type === 'home' ? 'home' : 'form'
  return placeOf({ channel: String(channel?.id), thread: threadOf(body) })
}

function pressedValue({ action }: Pressed): string {
  if ('selected_option' in action) return String(action.selected_option?.value ?? '')
  return 'value' in action ? String(action.value) : ''
}

/** `2:s.key` is the third page, `s.key` the first. */
function readOpened(value: string): { reference: string; page: number } {
  const [, page = '0', reference = value] = /^(\d{1,3}):(.+)$/s.exec(value) ?? []
  return { reference, page: Number(page) }
}

/** Slack sends no message along with what only one member sees, but always where it stands. */
function threadOf({ container, message }: BlockAction): string | undefined {
  const thread = container.thread_ts ?? message?.thread_ts
  return typeof thread === 'string' ? thread : undefined
}
