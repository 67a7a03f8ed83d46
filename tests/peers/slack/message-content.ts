import { blockCharacters, checkMessageBlocks } from './blocks.ts'
import { LIMITS } from './limits.ts'
import { describeProblem, isJson, type Json, jsonList, type Problem, text } from './problem.ts'

/** What is wrong with a message: the code Slack answers with, or none where it would let the message pass. */
export interface ContentFault {
  error?: string
  problems: readonly Problem[]
}

const fault = (error: string | undefined, ...problems: readonly Problem[]): ContentFault => ({
  ...(error === undefined ? {} : { error }),
  problems,
})

const whole = (problem: string): Problem => ({ path: [], problem })

const markdownFaults = (body: Json): ContentFault[] => {
  if (body.markdown_text === undefined) return []
  const conflict = body.text !== undefined || body.blocks !== undefined
  if (conflict) return [fault('markdown_text_conflict', whole('markdown_text excludes text and blocks'))]
  const tooLong = text(body.markdown_text).length > LIMITS.markdown
  return tooLong ? [fault('msg_too_long', whole(`markdown_text is longer than ${LIMITS.markdown}`))] : []
}

const blockFaults = (blocks: unknown): ContentFault[] => {
  if (blocks === undefined) return []
  const problems = checkMessageBlocks(blocks)
  if (problems.length > 0) return [fault('invalid_blocks', ...problems)]
  const length = blockCharacters(blocks)
  return length > LIMITS.blockCharacters
    ? [
        fault(
          'msg_blocks_too_long',
          whole(`${length} characters of blocks, at most ${LIMITS.blockCharacters}`),
        ),
      ]
    : []
}

const textFaults = (body: Json): ContentFault[] => {
  const hasBlocks = jsonList(body.blocks).length > 0
  const hasAttachments = jsonList(body.attachments).length > 0
  if (text(body.text).length > LIMITS.messageText) {
    return [fault('msg_too_long', whole(`text is longer than ${LIMITS.messageText}`))]
  }
  if (text(body.text).trim() !== '' || text(body.markdown_text).trim() !== '') return []
  if (!hasBlocks && !hasAttachments) return [fault('no_text', whole('no text, blocks or attachments'))]
  return [fault(undefined, whole('text is missing: notifications and screen readers have only that'))]
}

/** Everything that is wrong with the content of a message, the worst first. */
export const checkMessage = (body: Json): ContentFault[] =>
  [...blockFaults(body.blocks), ...markdownFaults(body), ...textFaults(body)].sort(
    (left, right) => Number(left.error === undefined) - Number(right.error === undefined),
  )

/** All that a member can read in a message or view: its text and the texts inside its blocks. */
export const readableText = (content: Json): string => {
  const parts: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    if (!isJson(value)) return
    for (const [name, member] of Object.entries(value)) {
      if (name === 'text' && typeof member === 'string') parts.push(member)
      else walk(member)
    }
  }
  walk(jsonList(content.blocks))
  return parts.length > 0 ? parts.join('\n') : text(content.text)
}

/** The action ids in a message or view, in reading order. */
export const actionIds = (content: Json): string[] =>
  [...JSON.stringify(content.blocks ?? []).matchAll(/"action_id":("(?:[^"\\]|\\.)*")/g)].map(
    (match) => JSON.parse(match[1] ?? '""') as string,
  )

/** The problems of a fault, in words. */
export const faultText = ({ problems }: ContentFault): string[] => problems.map(describeProblem)
