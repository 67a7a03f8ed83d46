import { tour } from '../answer/phrases.ts'
import type { Profile, Profiles } from '../conversation/profiles.ts'
import type { Engine } from '../engine.ts'
import type { Guided } from '../event.ts'
import type { Vocabulary } from '../query/vocabulary.ts'
import type { Reply } from '../reply.ts'
import type { Flow } from './flow.ts'
import { type Action, beginning, isOver, keepable, readKept, reduce, type State } from './reducer.ts'
import { markOf, readChoice, viewOf } from './view.ts'

interface GuideDeps {
  engine(): Engine
  profiles: Profiles
}

/** Leads members through the welcome tour and tells them their next step. */
export function createGuide({ engine, profiles }: GuideDeps) {
  const turns = new Map<string, Promise<unknown>>()

  /** Two clicks of one member follow each other, so that none is lost. */
  function inTurn<T>(member: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(member) ?? Promise.resolve()).then(work)
    const settled = turn.then(
      () => {},
      () => {},
    )
    turns.set(member, settled)
    settled.then(() => {
      if (turns.get(member) === settled) turns.delete(member)
    })
    return turn
  }

  async function go(event: Guided): Promise<Reply> {
    const present = engine()
    const { onboarding: flow, vocabulary } = present.content
    if (flow === undefined) return { kind: 'chat', text: tour.none, suggestions: [] }
    const { profile, isKept } = await profiles.read(event.member)
    const before = stateOf(flow, vocabulary, profile)
    const { state, notes } = step(flow, before, event)
    const next = profileOf(vocabulary, state, profile)
    // Looking up the next step is no reason to lose one's place in the tour.
    const isLookup = event.kind === 'next' && state.step === 'next'
    const isSaved =
      isLookup || JSON.stringify(next) === JSON.stringify(profile)
        ? isKept
        : await profiles.write(event.member, next)
    return viewOf(present, flow, state, isSaved ? notes : [...notes, tour.notKept])
  }

  return { handle: (event: Guided): Promise<Reply> => inTurn(event.member, () => go(event)) }
}

function step(flow: Flow, before: State, event: Guided): { state: State; notes: string[] } {
  const act = (action: Action) => ({ state: reduce(flow, before, action), notes: [] as string[] })
  if (event.kind === 'next') return act({ kind: 'next' })
  if (event.kind !== 'step') {
    // Somebody who stopped in the middle goes on there.
    if (before.step === 'welcome' || isOver(before)) return act({ kind: 'start' })
    return { state: before, notes: [tour.resumed] }
  }
  const chosen = readChoice(event.choice)
  if (chosen === undefined) return { state: before, notes: [tour.stale] }
  // To begin anew makes sense everywhere.
  if (chosen.action.kind === 'start' || chosen.mark === markOf(before)) return act(chosen.action)
  // A next step that was only looked up is no place in the tour, but its buttons lead on.
  const lookedUp: State = { ...before, step: 'next', goal: 'next', answers: [] }
  if (chosen.mark === markOf(lookedUp) && before.role !== undefined && before.level !== undefined)
    return { state: reduce(flow, lookedUp, chosen.action), notes: [] }
  return { state: before, notes: [tour.stale] }
}

function stateOf(flow: Flow, { roles, levels }: Vocabulary, profile: Profile | undefined): State {
  const kept = (profile?.progress as { onboarding?: unknown } | null | undefined)?.onboarding
  const role = roles.find(
    ({ id, label, covered }) => covered && (id === profile?.role || label === profile?.role),
  )
  const level = levels.find(({ id, label }) => id === profile?.level || label === profile?.level)
  const { step = beginning.step, ...rest } = readKept(flow, kept) ?? beginning
  return { ...rest, step, role: role?.id, level: level?.id }
}

/** Picks are kept by their names, as the Home page keeps them. */
function profileOf({ roles, levels }: Vocabulary, state: State, before: Profile | undefined): Profile {
  const role = roles.find(({ id }) => id === state.role)?.label
  const level = levels.find(({ id }) => id === state.level)?.label
  const others = typeof before?.progress === 'object' ? before.progress : null
  return {
    ...(role !== undefined && { role }),
    ...(level !== undefined && { level }),
    progress: { ...others, onboarding: keepable(state) },
  }
}
