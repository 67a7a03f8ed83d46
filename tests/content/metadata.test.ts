import { describe, expect, it } from 'vitest'
import { loadContent } from '../../src/index.ts'
import { shippedFolder } from '../engines.ts'
import { folderOf } from '../folder.ts'

describe('metadata', () => {
  const source = `---
title: Cooks
role: cook
topic: work
level: junior
sources: [handbook]
reviewed: 2026-11-20
layout: left alone for other tools
---

# Cooks

## Their morning

Front matter holds here.

## Their pay

<!--
topic: pay
level: senior
overview: true
sources: [report, survey]
reviewed: 2026-11-21
questions:
  - what do cooks earn?
-->

The comment holds here.

## Cook and baker

<!-- roles: [cook, baker] -->

Both.

## With a remark

<!-- a remark for authors -->

Text.
`

  it('comes from the front matter, and from the comment under a heading where it says more', async () => {
    const { sections, problems } = await loadContent(folderOf({ 'cooks.md': source }))
    expect(problems).toEqual([])
    const [morning, pay, pair, remark] = sections
    const front = {
      role: 'cook',
      topic: 'work',
      level: 'junior',
      sources: ['handbook'],
      reviewed: '2026-11-20',
    }
    expect(morning).toMatchObject({ ...front, roles: [], overview: false, questions: [] })
    expect(pay).toMatchObject({ role: 'cook', topic: 'pay', level: 'senior', sources: ['report', 'survey'] })
    expect(pay).toMatchObject({ reviewed: '2026-11-21', overview: true, questions: ['what do cooks earn?'] })
    expect(pair?.roles).toEqual(['cook', 'baker'])
    expect(pair?.role).toBeUndefined()
    expect(remark).toMatchObject({ ...front, text: 'Text.' })
  })

  it('never shows in an answer', async () => {
    const { sections } = await loadContent(folderOf({ 'cooks.md': source }))
    for (const { text, body } of sections) {
      expect(text).not.toMatch(/<!--|questions:|remark for authors/)
      expect(JSON.stringify(body)).not.toContain('<!--')
    }
  })
})

describe('the shipped content', () => {
  it('has no problems', async () => {
    const { problems, sections } = await loadContent(shippedFolder)
    expect(problems).toEqual([])
    expect(sections.length).toBeGreaterThan(100)
  })

  it('names a source, a topic and sample questions for every section', async () => {
    const { sections } = await loadContent(shippedFolder)
    const bare = sections.filter(
      ({ sources, topic, questions }) => sources.length === 0 || !topic || questions.length === 0,
    )
    expect(bare.map(({ id }) => id)).toEqual([])
  })
})
