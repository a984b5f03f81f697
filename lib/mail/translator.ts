import { createTranslator } from 'next-intl'
import type { Device } from '@/lib/caller'
import { mailTexts } from '@/lib/i18n/catalogues'
import { directionOf } from '@/lib/i18n/direction'
import { durationName } from '@/lib/i18n/duration-name'
import type { Locale } from '@/lib/i18n/locales'
import { regionalTag } from '@/lib/i18n/regional-tag'
import { zoneNames } from '@/lib/i18n/zone-name'

export type Words = Awaited<ReturnType<typeof mailWords>>

/** The words of mails in one language: fixed texts, instants with their zone, durations, devices. Throws when one is missing. */
export async function mailWords(locale: Locale, timeZone: string) {
  const onError = (error: Error) => {
    throw error
  }
  const t = createTranslator({ locale, messages: await mailTexts(locale), onError })
  const days = new Intl.DateTimeFormat(regionalTag(locale), { ...dayAndTime, timeZone })
  const zones = zoneNames(locale, timeZone)
  return {
    t,
    direction: directionOf(locale),
    when(instant: string): string {
      const date = new Date(instant)
      return t('common.when', { date: days.format(date), zone: zones(date) })
    },
    duration: (seconds: number) => durationName(locale, seconds),
    device({ browser, system }: Device): string {
      const [program, machine] = [plainName(browser), plainName(system)]
      if (program && machine) return t('common.device', { browser: program, system: machine })
      if (machine) return t('common.deviceBySystem', { system: machine })
      return program ?? t('common.deviceUnknown')
    },
  }
}

const dayAndTime = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
} as const

/** The name if it is a plain name. Null for links, instructions or layout tricks. */
function plainName(name: string | null): string | null {
  return name !== null && /^[\p{L}\p{N}][\p{L}\p{N} +-]{0,29}$/u.test(name) ? name : null
}
