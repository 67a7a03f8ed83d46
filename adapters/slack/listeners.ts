import type { App } from '@slack/bolt'
import type { Bot, Logger } from '../../src/index.ts'
import { command, forms, shortcuts } from './actions.ts'
import { limits } from './limits.ts'
import { parseCommand } from './parse.ts'
import { explained, plainTextOf, teller, whoAsks } from './people.ts'
import { notice, render, seen } from './render.ts'
import { respondTo } from './respond.ts'
import type { Routes } from './routes.ts'
import { answerView, askForm, noticeView, readAskedFrom, readRated } from './views.ts'

/** A menu in a form longer than that is none. */
const mostChoices = 25

/** What only this platform knows. */
const usage = [
  `To look something up: ${['role …', 'compare … vs …', 'path', 'salary', 'learn', 'about'].map((words) => `\`${command} ${words}\``).join(', ')}.`,
  'In a channel or a thread, mention me.',
].join(' ')

/** Commands, forms and shortcuts; nobody is left without a reply. */
export function listen(app: App, routes: Routes, bot: Bot, logger: Logger): void {
  const emptyForm = (channel?: string) =>
    askForm({ channel }, bot.complete.roles('', mostChoices), bot.complete.levels('', mostChoices))

  routes.command(command, async ({ ack, body, client }) => {
    const asked = parseCommand(body.text.slice(0, limits.question))
    if (asked.kind !== 'form') {
      // The answer takes milliseconds, so it is the acknowledgement itself.
      const reply = await bot.handle({
        ...asked,
        ...whoAsks(body.team_id, body.user_id, body.channel_id),
        isPrivate: true,
      })
      const view = { isPrivate: true, ...(reply.kind === 'help' && { footer: usage }) }
      await ack({ response_type: 'ephemeral', ...render(seen(reply), view) })
      return
    }
    await ack()
    await explained(logger, teller(client, body.user_id, body.response_url), () =>
      client.views.open({ trigger_id: body.trigger_id, view: emptyForm(body.channel_id) }),
    )
  })

  app.shortcut({ callback_id: shortcuts.ask, type: 'shortcut' }, async ({ ack, body, client }) => {
    await ack()
    await explained(logger, teller(client, body.user.id), () =>
      client.views.open({ trigger_id: body.trigger_id, view: emptyForm() }),
    )
  })

  app.shortcut(
    { callback_id: shortcuts.answerThis, type: 'message_action' },
    async ({ ack, body, client }) => {
      await ack()
      const text = plainTextOf(body.message.text).slice(0, limits.question)
      const thread = body.message.thread_ts ?? body.message_ts
      const who = whoAsks(body.team?.id, body.user.id, body.channel.id)
      const quoted = { alone: true, quoted: true, isPrivate: true }
      const payload =
        text === ''
          ? notice('There is no text in that message that I could read.')
          : render(seen(await bot.handle({ kind: 'question', text, ...who, ...quoted })), {
              isPrivate: true,
              thread,
            })
      await explained(logger, teller(client, body.user.id), () =>
        respondTo(body.response_url, { response_type: 'ephemeral', ...payload }),
      )
    },
  )

  app.view({ callback_id: forms.ask, type: 'view_submission' }, async ({ ack, body, view }) => {
    const { question, role, level } = view.state.values
    const { channel } = readAskedFrom(view.private_metadata)
    const reply = await bot.handle({
      kind: 'question',
      text: question?.question?.value ?? '',
      role: role?.role?.selected_option?.value,
      level: level?.level?.selected_option?.value,
      ...whoAsks(body.team?.id, body.user.id, channel ?? 'form'),
      alone: true,
      isPrivate: true,
    })
    await ack({ response_action: 'update', view: answerView(seen(reply)) })
  })

  app.view({ callback_id: forms.reason, type: 'view_submission' }, async ({ ack, view, body, client }) => {
    await ack()
    const rated = readRated(view.private_metadata)
    const reason = view.state.values.reason?.reason?.value?.trim().slice(0, limits.reason) ?? ''
    // The click itself was counted when the form opened.
    if (reason === '' || rated === undefined) return
    const { reference, click, url, thread } = rated
    const { member } = whoAsks(body.team?.id, body.user.id, undefined)
    const said = { kind: 'feedback', reference, helpful: false, reason, click } as const
    const payload = render(seen(await bot.handle({ ...said, platform: 'slack', member })))
    // The reason is kept by then, so that it did not work would not be true.
    const inDirect = () => client.chat.postMessage({ channel: body.user.id, ...payload })
    await explained(logger, inDirect, () =>
      respondTo(url, {
        response_type: 'ephemeral',
        ...(thread !== undefined && { thread_ts: thread }),
        ...payload,
      }),
    )
  })

  const ours = new Set<string>(Object.values(forms))
  app.view({ type: 'view_submission' }, async ({ ack, view }) => {
    if (ours.has(view.callback_id)) return
    const text = 'That form is from an older version of me. Please close it and ask again.'
    await ack({ response_action: 'update', view: noticeView('Sorry', notice(text)) })
  })
}
