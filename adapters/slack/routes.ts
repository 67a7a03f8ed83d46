import type {
  AllMiddlewareArgs,
  AnyMiddlewareArgs,
  App,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
} from '@slack/bolt'

export type Pressed = AllMiddlewareArgs & SlackActionMiddlewareArgs<BlockAction>
type Typed = AllMiddlewareArgs & SlackCommandMiddlewareArgs
type Any = AllMiddlewareArgs & AnyMiddlewareArgs

/**
 * Where commands and presses go, which are most of what comes. Bolt asks every listener about every request; looking
 * up the one that is meant takes a third of the work away.
 */
export interface Routes {
  command(name: string, take: (args: Typed) => Promise<unknown>): void
  /**
   * Acknowledged before it is taken.
   *
   * @param action the `action_id`, without the number behind its dot
   */
  press(action: string, take: (args: Pressed) => Promise<unknown>): void
  /** Presses of what only another version of the bot knew. */
  otherwise(take: (args: Pressed) => Promise<unknown>): void
}

export function createRoutes(app: App): Routes {
  const commands = new Map<string, (args: Typed) => Promise<unknown>>()
  const presses = new Map<string, (args: Pressed) => Promise<unknown>>()
  let other = async (_args: Pressed): Promise<unknown> => undefined
  app.use(async (args) => {
    if (isTyped(args)) {
      const take = commands.get(args.command.command)
      await (take === undefined ? args.next() : take(args))
    } else if (isPressed(args)) {
      await args.ack()
      await (presses.get(nameOf(args.action.action_id)) ?? other)(args)
    } else await args.next()
  })
  return {
    command: (name, take) => void commands.set(name, take),
    press: (action, take) => void presses.set(action, take),
    otherwise(take) {
      other = take
    },
  }
}

function isTyped(args: Any): args is Typed {
  return 'command' in args
}

function isPressed(args: Any): args is Pressed {
  return 'action' in args && args.body.type === 'block_actions'
}

/** `open.2` → `open`, `profile.role` as it is. */
function nameOf(id: string): string {
  return id.replace(/\.[a-z]{0,20}\d{1,9}$/, '')
}
