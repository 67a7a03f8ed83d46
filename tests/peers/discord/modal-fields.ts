import { ComponentType } from 'discord.js'
import type { ModalCall } from './calls.ts'
import { walkComponents } from './component-rules.ts'
import { isJson, type Json, jsonList, text } from './problem.ts'

type Fields = NonNullable<ModalCall['fields']>

const preselected = (input: Json): string[] =>
  jsonList(input.options)
    .filter((option) => option.default === true)
    .map((option) => text(option.value))

const checkText = (input: Json, value: string): void => {
  const name = text(input.custom_id)
  if (value === '') {
    if (input.required !== false) throw new Error(`the input "${name}" is required`)
    return
  }
  const least = typeof input.min_length === 'number' ? input.min_length : 0
  const most = typeof input.max_length === 'number' ? input.max_length : 4000
  if (value.length < least || value.length > most) {
    throw new Error(`the input "${name}" takes ${least} to ${most} characters, not ${value.length}`)
  }
}

const filledIn = (input: Json, fields: Fields): Json => {
  const given = fields[text(input.custom_id)]
  const head = { type: input.type, id: input.id, custom_id: input.custom_id }
  switch (input.type) {
    case ComponentType.TextInput: {
      const value = typeof given === 'string' ? given : text(input.value)
      checkText(input, value)
      return { ...head, value }
    }
    case ComponentType.Checkbox:
      return { ...head, value: given ?? input.default ?? false }
    case ComponentType.RadioGroup:
      return { ...head, value: given ?? preselected(input)[0] ?? null }
    default: {
      const values = typeof given === 'string' ? [given] : (given ?? preselected(input))
      return { ...head, values }
    }
  }
}

const submitted = (component: Json, fields: Fields): Json => {
  const { type, id } = component
  if (isJson(component.component)) return { type, id, component: filledIn(component.component, fields) }
  if (Array.isArray(component.components)) {
    return { type, id, components: jsonList(component.components).map((input) => filledIn(input, fields)) }
  }
  return { type, id }
}

/** The components of a shown modal as they come back, filled in. Throws for what a member could not submit. */
export const submittedComponents = (modal: Json, fields: Fields): Json[] => {
  const components = structuredClone(jsonList(modal.components))
  const placed = walkComponents(components, [])
  placed.forEach(({ component }, index) => {
    component.id ??= index + 1
  })
  const known = new Set(placed.map(({ component }) => component.custom_id))
  const strange = Object.keys(fields).find((name) => !known.has(name))
  if (strange !== undefined) throw new Error(`the modal has no input "${strange}"`)
  return components.map((component) => submitted(component, fields))
}
