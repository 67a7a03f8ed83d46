import { SlackError } from './core.ts'
import { LIMITS } from './limits.ts'
import { withIds } from './messages.ts'
import { type Json, text } from './problem.ts'
import type { PeerView, ViewKind } from './views.ts'
import { nextId, type PeerTeam, type PeerUser } from './world.ts'

/** The modals that members have open and their Home tabs. */
export interface ViewStore {
  open(team: PeerTeam, user: PeerUser, view: Json): PeerView
  push(team: PeerTeam, user: PeerUser, view: Json): PeerView
  /** By `view_id` or `external_id`; Home tabs too. */
  update(team: PeerTeam, target: Json, view: Json): PeerView
  publish(team: PeerTeam, user: PeerUser, view: Json, hash?: string): PeerView
  /** Closes the topmost modal, or all of them. */
  close(user: PeerUser, all?: boolean): void
  /** Open modals, the first one opened first. */
  stack(userId: string): readonly PeerView[]
  home(userId: string): PeerView | undefined
  find(id: string): PeerView | undefined
}

let serial = 0
const nextHash = (): string => {
  serial += 1
  return `${Math.floor(Date.now() / 1000)}.${serial.toString(36)}`
}

const build = (appId: string, team: PeerTeam, view: Json, previous?: PeerView): PeerView => {
  const id = nextId('V')
  return {
    id,
    team_id: team.id,
    app_id: appId,
    app_installed_team_id: team.id,
    bot_id: team.botId,
    title: null,
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    external_id: '',
    state: { values: {} },
    ...view,
    type: view.type as ViewKind,
    callback_id: text(view.callback_id),
    private_metadata: text(view.private_metadata),
    blocks: withIds(view.blocks),
    hash: nextHash(),
    root_view_id: previous?.root_view_id ?? id,
    previous_view_id: previous?.id ?? null,
  }
}

/** Makes an empty store. */
export const createViewStore = (appId: string): ViewStore => {
  const stacks = new Map<string, PeerView[]>()
  const homes = new Map<string, PeerView>()
  const stackOf = (userId: string): PeerView[] => stacks.get(userId) ?? []
  const everyView = (): PeerView[] => [...homes.values(), ...[...stacks.values()].flat()]

  const replace = (old: PeerView, next: PeerView): void => {
    for (const [user, home] of homes) if (home.id === old.id) homes.set(user, next)
    for (const [user, stack] of stacks) {
      stacks.set(
        user,
        stack.map((view) => (view.id === old.id ? next : view)),
      )
    }
  }

  const renewed = (team: PeerTeam, old: PeerView, view: Json): PeerView => ({
    ...build(appId, team, view),
    id: old.id,
    root_view_id: old.root_view_id,
    previous_view_id: old.previous_view_id,
  })

  return {
    open: (team, user, view) => {
      const opened = build(appId, team, view)
      stacks.set(user.id, [opened])
      return opened
    },
    push: (team, user, view) => {
      const stack = stackOf(user.id)
      if (stack.length >= LIMITS.modalStack) throw new SlackError('push_limit_reached')
      const pushed = build(appId, team, view, stack.at(-1))
      stacks.set(user.id, [...stack, pushed])
      return pushed
    },
    update: (team, target, view) => {
      const byId = (known: PeerView): boolean =>
        target.view_id === undefined ? known.external_id === target.external_id : known.id === target.view_id
      const old = everyView().find(byId)
      if (!old) throw new SlackError('not_found')
      if (target.hash !== undefined && target.hash !== old.hash) throw new SlackError('hash_conflict')
      const next = renewed(team, old, view)
      replace(old, next)
      return next
    },
    publish: (team, user, view, hash) => {
      const old = homes.get(user.id)
      if (hash !== undefined && hash !== old?.hash) throw new SlackError('hash_conflict')
      const next = old ? renewed(team, old, view) : build(appId, team, view)
      homes.set(user.id, next)
      return next
    },
    close: (user, all = false) => {
      stacks.set(user.id, all ? [] : stackOf(user.id).slice(0, -1))
    },
    stack: stackOf,
    home: (userId) => homes.get(userId),
    find: (id) => everyView().find((view) => view.id === id),
  }
}
