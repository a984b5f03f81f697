import { expect } from '@playwright/test'
import { createTranslator } from 'next-intl'
import { type Locale, locales } from '@/lib/i18n/locales'
import { regionalTag } from '@/lib/i18n/regional-tag'
import { passwordPolicy, tokenPolicy } from '@/lib/policy'
import type { Service } from '@/tests/support/app/service'
import { cookiesOf, type RawForm, readForm, submitRaw } from '@/tests/support/http/forms'
import { joinRaw, markOf } from '@/tests/support/http/raw-walks'
import { sweptMailTo } from '@/tests/support/mail/swept-mail'
import type { Person } from '@/tests/support/person'
import type { AcceptedMail } from '@/tests/support/resend/fake-resend'
import { mailTexts, pageTexts } from '@/tests/support/words'

type Template = Exclude<keyof ReturnType<typeof mailTexts>, 'common'>

/** Which rules a password does not meet that is one small letter. */
const lackingInOneLetter = ['too_short', 'missing_upper', 'missing_digit', 'missing_special'] as const

/** Somebody whose account is in one language and who reads another, with browsers that ask for a third. */
export class Traveller {
  private mailed = 1
  /** By path: a form is answered on its own page. */
  private readonly forms = new Map<string, RawForm>()
  /** The cookie by which the account knows this browser. */
  private mark: string
  picked: Locale = 'fr'
  /** The network address of every submission; a new one for each when absent. */
  address?: string

  private constructor(
    private readonly service: Service,
    readonly person: Person,
  ) {
    this.mark = markOf(person)
  }

  /** Opens an account and signs in to it in its language. */
  static async join(service: Service, own: Locale): Promise<Traveller> {
    const traveller = new Traveller(service, await joinRaw(service))
    await traveller.logIn(own)
    return traveller
  }

  /** Signs in on the page of the language read so far with another one chosen there, which is read from then on. */
  async logIn(locale: Locale): Promise<string> {
    const { email: identifier, password } = this.person
    const { to, cookie } = await this.send('login', { identifier, password, locale }, this.mark)
    expect(to).toBe(`/${locale}/account`)
    this.picked = locale
    return cookie
  }

  /** Opens a page in the language picked. */
  async open(page: string, cookie = ''): Promise<ReadPage> {
    return readPage(await fetch(`${this.service.url}/${this.picked}/${page}`, { headers: this.headers(cookie) }))
  }

  /** Submits the form of a page in the language picked: where it leads, or what the page says to it. */
  async send(page: string, fields: Record<string, string>, cookie = '') {
    const headers = this.headers(cookie)
    const path = `/${this.picked}/${page}`
    const form = this.forms.get(path) ?? (await readForm(this.service.url, path, headers))
    this.forms.set(path, form)
    const answer = await submitRaw(this.service, form, fields, { headers })
    const set = cookiesOf(answer)
    this.mark = /device=[^;]+/.exec(set)?.[0] ?? this.mark
    return { to: answer.headers.get('location'), cookie: set, page: await readPage(answer) }
  }

  /** Follows a mailed link on a device that was never here. Returns its cookies. */
  async follow(link: string): Promise<string> {
    const answer = await fetch(link, { headers: this.headers(''), redirect: 'manual' })
    expect(new URL(answer.headers.get('location') ?? '', link).pathname).toBe(new URL(link).pathname.slice(0, -44))
    return cookiesOf(answer)
  }

  /** Waits for the next mail, which is to be of this template, in this language. */
  async nextMail(template: Template, language: Locale): Promise<AcceptedMail> {
    this.mailed += 1
    const mail = await sweptMailTo(this.service, this.person.email, this.mailed)
    expect(mail.subject).toBe(mailTexts(language)[template].subject)
    expect(mail.html).toContain(` lang="${language}">`)
    expect(mail.text).toContain(`${this.service.origin}/${language}/`)
    return mail
  }

  /** Expects a page to be in the language picked, and to say every line of these texts of the catalogue. */
  expectWords({ language, says }: ReadPage, ...keys: string[]): void {
    const t = createTranslator({ locale: this.picked, messages: pageTexts(this.picked) })
    expect(language).toBe(this.picked)
    const lines = keys.flatMap((key) => t(key as 'login.title', this.values() as never).split('\n'))
    for (const line of lines) expect(says).toContain(line)
  }

  private values() {
    const minutes = new Intl.NumberFormat(regionalTag(this.picked), {
      style: 'unit',
      unit: 'minute',
      unitDisplay: 'long',
    })
    const { maxAttempts: attempts, passwordReset } = tokenPolicy
    const { minLength: min, maxLength: max } = passwordPolicy
    const wait = new Intl.RelativeTimeFormat(regionalTag(this.picked)).format(14, 'hour')
    const duration = minutes.format(passwordReset.lifetimeSeconds / 60)
    const t = createTranslator({ locale: this.picked, messages: pageTexts(this.picked) })
    const list = new Intl.ListFormat(this.picked, { type: 'unit', style: 'short' })
    const rules = list.format(lackingInOneLetter.map((rule) => t(`passwordRules.${rule}`, { min })))
    return { duration, attempts, min, max, wait, time: '', rules }
  }

  private headers(cookie: string): Record<string, string> {
    const other = locales[(locales.indexOf(this.picked) + 1) % locales.length]
    const address = this.address ? { 'x-test-address': this.address } : {}
    return { ...address, cookie, 'accept-language': `${other}, ${this.picked};q=0.5` }
  }
}

type ReadPage = { status: number; language: string; title: string; says: string; html: string }

const entities: Record<string, string> = { '&quot;': '"', '&#x27;': "'", '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/** What somebody without scripts reads on a page, and in what language it says that it is. */
async function readPage(answer: Response): Promise<ReadPage> {
  const html = await answer.text()
  const part = (pattern: RegExp) => pattern.exec(html)?.[1] ?? ''
  const plain = (markup: string) =>
    markup.replace(/<!--.*?-->|<[^>]+>/gs, '').replace(/&(?:quot|#x27|lt|gt|amp);/g, (name) => entities[name] ?? name)
  return {
    status: answer.status,
    language: part(/<html[^>]* lang="(\w+)"/),
    title: plain(part(/<title>(.*?)<\/title>/s)),
    says: plain(part(/<main[^>]*>(.*?)<\/main>/s)),
    html,
  }
}
