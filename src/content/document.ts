import type { Heading, Html, Nodes, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfm } from 'micromark-extension-gfm'
import type { z } from 'zod'
import { phrasing, plainText } from '../render/plain-text.ts'
import { frontMatterSchema, sectionMetadataSchema } from './schema.ts'
import type { Document, Problem, Section } from './section.ts'
import { parseYaml } from './yaml.ts'

type FrontMatter = z.infer<typeof frontMatterSchema>
type Metadata = z.infer<typeof sectionMetadataSchema>

/** A heading (none before the first) and what stands under it, up to the next heading. */
interface Part {
  heading?: Heading | undefined
  nodes: RootContent[]
}

/**
 * Reads one Markdown file: once into a syntax tree, then into a section for each heading that has text of its own.
 *
 * @param file path inside the content folder, with `/`
 */
export function parseDocument(file: string, source: string): { document: Document; problems: Problem[] } {
  const problems: Problem[] = []
  const root = fromMarkdown(source, {
    extensions: [gfm(), frontmatter(['yaml'])],
    mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(['yaml'])],
  })
  const front = readFrontMatter(file, root, problems)
  const sections = front === undefined ? [] : sectionsOf(file, root, front, problems)
  if (sections.length === 0 && problems.length === 0)
    problems.push({ file, line: 1, message: 'there is no text; write a heading with an answer under it' })
  return { document: { sections, role: front?.role, profile: front?.profile }, problems }
}

/** Undefined when it cannot be read: then nothing of the file is used, because its role would be wrong. */
function readFrontMatter(file: string, root: Root, problems: Problem[]): FrontMatter | undefined {
  const first = root.children[0]
  if (first?.type !== 'yaml') return {}
  // The node begins at the line of the dashes, its text on the line after.
  const line = (first.position?.start.line ?? 1) + 1
  return parseYaml(file, first.value, line, frontMatterSchema, problems)
}

function sectionsOf(file: string, root: Root, front: FrontMatter, problems: Problem[]): Section[] {
  const sections: Section[] = []
  const slugs = new Set<string>()
  const above: Heading[] = []
  const documentTitle = titleOf(file, root, front)
  for (const part of partsOf(root)) {
    if (part.heading !== undefined) {
      while (above.length > 0 && above.at(-1)!.depth >= part.heading.depth) above.pop()
      above.push(part.heading)
    }
    const metadata = takeMetadata(file, part, problems)
    if (metadata === undefined) continue
    const headings = above.slice(0, -1).map((heading) => phrasing(heading.children).trim())
    const path = [...new Set([documentTitle, ...headings])]
    const section = sectionOf(file, part, { front, metadata, path, slugs }, problems)
    if (section !== undefined) sections.push(section)
  }
  return sections
}

interface Surroundings {
  front: FrontMatter
  metadata: Metadata
  path: string[]
  /** Slugs that are taken in this file. */
  slugs: Set<string>
}

/** Undefined for a heading without text of its own: it only leads to those below it. */
function sectionOf(
  file: string,
  part: Part,
  { front, metadata, path, slugs }: Surroundings,
  problems: Problem[],
): Section | undefined {
  const hasMetadata = Object.keys(metadata).length > 0
  const body = part.nodes.filter((node) => node.type !== 'html' && node.type !== 'yaml').map(withoutPosition)
  const text = plainText(body)
  const heading = part.heading === undefined ? '' : phrasing(part.heading.children).trim()
  const title = heading || path[0]!
  const line = part.heading?.position?.start.line ?? 1
  if (text.trim() === '') {
    if (hasMetadata)
      problems.push({ file, line, message: `"${title}" has no text; write an answer under the heading` })
    return undefined
  }
  const slug = uniqueSlug(title, slugs)
  if (hasMetadata && slug !== slugOf(title))
    problems.push({
      file,
      line,
      message: `the heading "${title}" stands twice in this file; make them different`,
    })
  return {
    id: `${file.replace(/\.md$/i, '')}#${slug}`,
    file,
    line,
    title,
    path,
    ...slotsOf(front, metadata),
    overview: metadata.overview ?? false,
    questions: metadata.questions ?? [],
    sources: metadata.sources ?? front.sources ?? [],
    reviewed: metadata.reviewed ?? front.reviewed,
    body,
    text,
  }
}

/** Plain documents may repeat a heading; the second one gets a number, as GitHub does it. */
function uniqueSlug(title: string, taken: Set<string>): string {
  const slug = slugOf(title)
  let unique = slug
  for (let n = 1; taken.has(unique); n++) unique = `${slug}-${n}`
  taken.add(unique)
  return unique
}

/** A section about two roles has no single one. */
function slotsOf(
  front: FrontMatter,
  metadata: Metadata,
): Pick<Section, 'role' | 'roles' | 'topic' | 'level'> {
  return {
    role: metadata.roles === undefined ? (metadata.role ?? front.role) : undefined,
    roles: metadata.roles ?? [],
    topic: metadata.topic ?? front.topic,
    level: metadata.level ?? front.level,
  }
}

function titleOf(file: string, root: Root, front: FrontMatter): string {
  if (front.title !== undefined) return front.title
  const heading = root.children.find((node) => node.type === 'heading')
  if (heading?.depth === 1) return phrasing(heading.children).trim()
  const name = file.split('/').at(-1)!.replace(/\.md$/i, '')
  return name.replace(/[-_]+/g, ' ').replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

function partsOf(root: Root): Part[] {
  const parts: Part[] = [{ nodes: [] }]
  for (const node of root.children) {
    if (node.type === 'heading') parts.push({ heading: node, nodes: [] })
    else parts.at(-1)!.nodes.push(node)
  }
  return parts
}

/** The YAML in a comment right under the heading; another comment is a comment. Undefined when it is broken. */
function takeMetadata(file: string, part: Part, problems: Problem[]): Metadata | undefined {
  const first = part.nodes[0]
  if (first?.type !== 'html' || !isMetadata(first)) return {}
  const yaml = first.value.slice('<!--'.length, -'-->'.length)
  const line = first.position?.start.line ?? 1
  const metadata = parseYaml(file, yaml, line, sectionMetadataSchema, problems)
  return metadata
}

function isMetadata(node: Html): boolean {
  return (
    /^<!--\s*(?:role|roles|topic|level|sources|reviewed|overview|questions)\s*:/.test(node.value) &&
    node.value.endsWith('-->')
  )
}

/** As GitHub makes anchors: lower case, words joined by `-`. */
function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s+/g, '-')
  return slug || 'section'
}

/** Positions are needed while reading and triple the memory afterwards. */
function withoutPosition<T extends Nodes>(node: T): T {
  const { position: _, ...rest } = node
  const copy = rest as T
  if ('children' in copy) copy.children = copy.children.map(withoutPosition) as typeof copy.children
  return copy
}
