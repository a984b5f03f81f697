import type { Locale } from '@/lib/i18n/locales'
import type { Person } from '@/tests/support/person'

/** Who is seen in the pictures of the guide: made up, at home in each language, at a domain that belongs to nobody. */
export const modelPeople: Record<Locale, Person> = {
  fr: person('camille.moreau', 'Camille', 'Moreau', 'FR'),
  en: person('charlotte.taylor', 'Charlotte', 'Taylor', 'GB'),
  de: person('johanna.schneider', 'Johanna', 'Schneider', 'DE'),
  es: person('valentina.romero', 'Valentina', 'Romero Gil', 'ES'),
  it: person('francesca.conti', 'Francesca', 'Conti', 'IT'),
  pt: person('mariana.almeida', 'Mariana', 'Almeida', 'PT'),
  nl: person('annelies.bakker', 'Annelies', 'Bakker', 'NL'),
  pl: person('agnieszka.zielinska', 'Agnieszka', 'Zielińska', 'PL'),
  ar: person('layla.haddad', 'ليلى', 'الحداد', 'MA'),
}

function person(mailbox: string, firstName: string, lastName: string, country: string): Person {
  const password = 'Quatre-mots 4 retenir'
  return { email: `${mailbox}@example.org`, firstName, lastName, country, organizationType: 'company', password }
}
