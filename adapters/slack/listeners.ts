import type { AllMiddlewareArgs, App, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt'
import type { Bot, Event, Logger, Reply } from '../../src/index.ts'
import { actions, command, forms, matching, shortcuts } from './actions.ts'
import { limits } from './limits.ts'
import { type Asked, parseCommand } from './parse.ts'
import { explained, plainTextOf, whoAsks } from './people.ts'
import { notice, type Payload, render, type Sharing, type View } from './render.ts'
import { type AskedFrom, answerView, askForm, reasonForm } from './views.ts'

type Pressed = AllMiddlewareArgs & SlackActionMiddlewareArgs<BlockAction>

/** Commands, buttons, forms and shortcuts; messages are in `messages.ts`. Nobody is left without a reply. */
export function listen(app: App, bot: Bot, logger: Logger): void {
  const most = 25

  app.command(command, async ({ ack, body, client, respond }) => {
    const asked = parseCommand(body.text.slice(0, limits.question))
    const who = whoAsks(body.team_id, body.user_id, body.channel_id)
    if (asked.kind !== 'form') {
      // The answer takes milliseconds, so it is the acknowledgement itself.
      const reply = await bot.handle(eventOf(asked, who))
      await ack({ response_type: 'ephemeral', ...shown(reply, { isPrivate: true }) })
      return
    }
    await ack()
    const view = askForm(
      { channel: body.channel_id },
      bot.complete.roles('', most),
      bot.complete.levels('', most),
    )
    await explained(
      logger,
      (tell) => respond({ response_type: 'ephemeral', ...notice(tell) }),
      () => client.views.open({ trigger_id: body.trigger_id, view }),
    )
  })

  app.shortcut(shortcuts.ask, async ({ ack, body, client }) => {
    await ack()
    const view = askForm({}, bot.complete.roles('', most), bot.complete.levels('', most))
    await explained(logger, undefined, () => client.views.open({ trigger_id: body.trigger_id, view }))
  })

  app.shortcut(
    { callback_id: shortcuts.answerThis, type: 'message_action' },
    async ({ ack, body, respond }) => {
      await ack()
      const text = plainTextOf(body.message.text).slice(0, limits.question)
      if (text === '') {
        await respond({
          response_type: 'ephemeral',
          ...notice('There is no text in that message that I could read.'),
        })
        return
      }
      const who = whoAsks(body.team?.id, body.user.id, body.channel.id)
      const reply = await bot.handle({ kind: 'question', text, ...who, alone: true, isPrivate: true })
      const thread = body.message.thread_ts ?? body.message_ts
      await respond({ response_type: 'ephemeral', ...shown(reply, { isPrivate: true, thread }) })
    },
  )

  app.view(forms.ask, async ({ ack, body, view }) => {
    const { question, role, level } = view.state.values
    const from = JSON.parse(view.private_metadata || '{}') as AskedFrom
    const reply = await bot.handle({
      kind: 'question',
      text: question?.question?.value ?? '',
      role: role?.role?.selected_option?.value,
      level: level?.level?.selected_option?.value,
      ...whoAsks(body.team?.id, body.user.id, from.channel ?? 'form'),
      alone: true,
      isPrivate: true,
    })
    await ack({ response_action: 'update', view: answerView(seen(reply)) })
  })

  app.view(forms.reason, async ({ ack, view, body, client }) => {
    await ack()
    const { reference, channel } = JSON.parse(view.private_metadata) as {
      reference: string
      channel?: string
    }
    const reason = view.state.values.reason?.reason?.value?.trim().slice(0, limits.reason) ?? ''
    // The click itself was counted when the form opened.
    if (reason === '') return
    const reply = await bot.handle({ kind: 'feedback', reference, helpful: false, reason })
    if (channel !== undefined)
      await explained(logger, undefined, () =>
        client.chat.postEphemeral({ channel, user: body.user.id, ...shown(reply) }),
      )
  })

  for (const action of [actions.open, actions.more, actions.page])
    app.action<BlockAction>({ action_id: matching(action), type: 'block_actions' }, (args) => open(args))

  async function open(args: Pressed): Promise<void> {
    await args.ack()
    const { body, action } = args
    const value =
      'selected_option' in action
        ? String(action.selected_option?.value ?? '')
        : 'value' in action
          ? String(action.value)
          : ''
    const [, page = '0', reference = value] = /^(\d{1,3}):(.+)$/s.exec(value) ?? []
    const reply = await bot.handle({
      kind: 'open',
      reference,
      ...whoAsks(body.team?.id, body.user.id, body.channel?.id),
    })
    const view = body.view
    if (view !== undefined) {
      await explained(logger, undefined, () =>
        args.client.views.update({ view_id: view.id, view: answerView(seen(reply)) }),
      )
      return
    }
    await answer(args, shown(reply, { isPrivate: !isDirect(body), page: Number(page) }))
  }

  app.action<BlockAction>({ action_id: matching(actions.show), type: 'block_actions' }, async (args) => {
    await args.ack()
    const { body, action, client } = args
    const reference = 'value' in action ? String(action.value) : ''
    const reply = await bot.handle({
      kind: 'open',
      reference,
      ...whoAsks(body.team?.id, body.user.id, 'home'),
    })
    const view = answerView(seen(reply))
    await explained(logger, undefined, () => client.views.open({ trigger_id: body.trigger_id, view }))
  })

  app.action<BlockAction>({ action_id: actions.share, type: 'block_actions' }, async (args) => {
    await args.ack()
    const { body, action, client, respond } = args
    const { reference, caveat, thread } = JSON.parse(
      'value' in action ? String(action.value) : '{}',
    ) as Sharing
    const who = whoAsks(body.team?.id, body.user.id, body.channel?.id)
    const reply = await bot.handle({ kind: 'open', reference, ...who })
    const payload = shown('source' in reply && caveat !== undefined ? { ...reply, caveat } : reply, {
      footer: `Shared by <@${body.user.id}>`,
    })
    const channel = body.channel?.id
    const share = async (): Promise<unknown> =>
      thread !== undefined && channel !== undefined
        ? client.chat.postMessage({ channel, thread_ts: thread, ...payload })
        : respond({ response_type: 'in_channel', replace_original: false, ...payload })
    await explained(
      logger,
      (tell) => respond({ response_type: 'ephemeral', replace_original: false, ...notice(tell) }),
      share,
    )
  })

  app.action<BlockAction>({ action_id: actions.feedback, type: 'block_actions' }, async (args) => {
    await args.ack()
    const { body, action, client } = args
    const value = 'value' in action ? String(action.value) : ''
    const [helpful, reference] = [value.startsWith('+'), value.slice(1)]
    const reply = await bot.handle({ kind: 'feedback', reference, helpful })
    if (helpful) return answer(args, shown(reply))
    await explained(logger, undefined, () =>
      client.views.open({ trigger_id: body.trigger_id, view: reasonForm(reference, body.channel?.id) }),
    )
  })

  /** What one member picks under an answer for all is theirs alone, so that no channel fills up. */
  async function answer({ body, client, respond }: Pressed, payload: Payload): Promise<void> {
    const thread = body.message?.thread_ts
    const tell = (text: string): Promise<unknown> => respond({ response_type: 'ephemeral', ...notice(text) })
    await explained(logger, tell, () =>
      isDirect(body) && body.channel !== undefined
        ? client.chat.postMessage({
            channel: body.channel.id,
            ...(thread && { thread_ts: thread }),
            ...payload,
          })
        : respond({ response_type: 'ephemeral', replace_original: false, ...payload }),
    )
  }
}

function isDirect({ channel }: BlockAction): boolean {
  return channel?.id.startsWith('D') ?? false
}

function eventOf(asked: Exclude<Asked, { kind: 'form' }>, who: ReturnType<typeof whoAsks>): Event {
  // Private answers take nobody's room.
  return { ...asked, ...who, isPrivate: true }
}

/** Only posts that nobody asked for can be answered with silence. */
function seen(reply: Reply): Exclude<Reply, { kind: 'silent' }> {
  return reply.kind === 'silent'
    ? { kind: 'chat', text: 'I have nothing to say to that.', suggestions: [] }
    : reply
}

function shown(reply: Reply, view: View = {}): Payload {
  return render(seen(reply), view)
}
