import { createTranslator } from 'next-intl'
import type { Locale } from '@/lib/i18n/locales'

/** A plural argument with its branches, which may hold arguments of their own. */
const plural = /\{(\w+), plural,((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/g
const branch = /(=?\w+)\s*\{(?:[^{}]|\{[^{}]*\})*\}/g

/** The names of the ICU arguments of a text, sorted. A brace inside a plural or a choice opens a text, not an argument. */
export function argumentsOf(text: string): string[] {
  const names = new Set<string>()
  const open: ('argument' | 'branch')[] = []
  for (const { 0: brace, 1: name } of text.matchAll(/\{\s*(\w*)|\}/g)) {
    if (brace === '}') open.pop()
    else if (open.at(-1) === 'argument') open.push('branch')
    else {
      open.push('argument')
      names.add(name ?? '')
    }
  }
  return [...names].sort()
}

/** Plurals that lack a form the language needs for some whole number up to 200, or that have one it does not know. */
export function pluralFaults(locale: Locale, text: string): string[] {
  const rules = new Intl.PluralRules(locale)
  const needed = new Set<string>(['other', ...Array.from({ length: 201 }, (_, count) => rules.select(count))])
  const known: string[] = rules.resolvedOptions().pluralCategories
  return [...text.matchAll(plural)].flatMap(([, name, branches = '']) => {
    const forms = [...branches.matchAll(branch)].map(([, form = '']) => form)
    const missing = [...needed].filter((form) => !forms.includes(form))
    const strange = forms.filter((form) => !known.includes(form) && !form.startsWith('='))
    return [
      ...missing.map((form) => `lacks the form ‘${form}’ of ${name}`),
      ...strange.map((form) => `has a form ‘${form}’ of ${name} that its language does not know`),
    ]
  })
}

/** A text as it is shown with numbers for its arguments, each way once. Throws when it cannot be shown. */
export function renditionsOf(locale: Locale, text: string): string[] {
  const names = argumentsOf(text)
  const onError = (error: Error) => {
    throw error
  }
  const t = createTranslator({ locale, messages: { text }, onError })
  const shown = [0, 1, 2, 3, 11, 100].map((count) => t('text', Object.fromEntries(names.map((name) => [name, count]))))
  return [...new Set(shown)]
}
